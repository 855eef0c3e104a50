#!/bin/bash
# Runs a cluster on this machine until its standard input ends, and leaves nothing behind then:
#   unshare --net --mount --propagation private --pid --fork --mount-proc scripts/cluster/up.sh MADE DIRECTORY NODES
# MADE is what scripts/make-cluster.sh printed. DIRECTORY, which has to be new, is where everything lies that the cluster writes; its name is that of
# the control groups too. Prints "ready" when the API server answers and the kubelets run. With 0 NODES there are only etcd and the API server.
#
# As the first process of a process namespace it reaps what is orphaned, and what it ends with ends with it. There is no kube-proxy and no DNS: the
# API server alone has its service address, on the loopback device. Needs root, etcd, containerd, runc, crun, the CNI plugins, iproute2 and openssl.
#
# APISERVER_FLAGS    more flags for the API server
set -euo pipefail
shopt -s nullglob

# At its end it kills every process that it sees.
if [[ $$ != 1 ]]; then
  echo 'expected to be the first process of a process namespace: see the first lines of this script' >&2
  exit 2
fi

here=$(cd "$(dirname "$0")" && pwd)
export MADE=$1 RUN=$2
nodes=$3
export NAME=${RUN##*/} PKI=$RUN/pki LOG=$RUN/log SERVICE_IP=10.96.0.1
umask 022
mkdir -p "$PKI" "$LOG"

# Everything in this process namespace but this shell, which is not sent what it sends to all.
tear_down() {
  local processes
  kill -KILL -1 2>/dev/null || true
  for _ in $(seq 200); do
    processes=(/proc/[2-9]* /proc/1[0-9]*)
    [[ ${#processes[@]} -gt 0 ]] || break
    sleep 0.05
  done
  # A control group can be removed a moment after its last process has ended.
  for _ in $(seq 100); do
    [[ -n $(control_groups -print -quit) ]] || break
    control_groups -delete 2>/dev/null || true
    sleep 0.05
  done
  rm -rf --one-file-system "$RUN"
}

# Only directories of theirs can be removed; the files in them go with them.
control_groups() { # action of find...
  local groups=(/sys/fs/cgroup/"$NAME"-* /sys/fs/cgroup/*/"$NAME"-*)
  [[ ${#groups[@]} == 0 ]] || find "${groups[@]}" -depth -type d "$@"
}

trap tear_down EXIT

start() { # name, command...
  "${@:2}" </dev/null >"$LOG/$1.log" 2>&1 &
  started=$!
  # Its end, when all are killed, is no news.
  disown "$started"
}

wait_for() { # seconds, what, command...
  local deadline=$((SECONDS + $1))
  until "${@:3}" >/dev/null 2>&1; do
    if [[ $SECONDS -ge $deadline ]] || ! kill -0 "$started" 2>/dev/null; then
      echo "$2 does not answer:" >&2
      tail -n 20 "$LOG/$2.log" >&2
      exit 1
    fi
    sleep 0.2
  done
}

# One authority. The API server's certificate has the address that pods use.
make_certificates() {
  cd "$PKI"
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=cluster-ca -keyout ca.key -out ca.crt
  openssl req -newkey rsa:2048 -nodes -subj /CN=kube-apiserver -keyout server.key -out server.csr
  openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out server.crt \
    -extfile <(echo "subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$SERVICE_IP")
  openssl genrsa -out accounts.key 2048
  openssl rsa -in accounts.key -pubout -out accounts.pub
}

user() { # file, user, groups
  echo "$1-token,$2,$1,\"$3\"" >>"$PKI/tokens.csv"
  cat >"$PKI/$1.kubeconfig" <<JSON
{"apiVersion": "v1", "kind": "Config", "current-context": "c", "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
  "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:443", "certificate-authority": "$PKI/ca.crt"}}],
  "users": [{"name": "u", "user": {"token": "$1-token"}}]}
JSON
}

# The kubelet sets these for the whole machine, unless they have the value that it wants: they seem to have it.
shield_tunables() {
  local tunable file
  mkdir "$RUN/tunables"
  for tunable in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    file=$RUN/tunables/${tunable%=*}
    mkdir -p "${file%/*}"
    echo "${tunable#*=}" >"$file"
    mount --bind "$file" "/proc/sys/${tunable%=*}"
  done
}

write_configuration() {
  # Priority classes of the system need a ResourceQuota, as on GKE.
  cat >"$PKI/admission.yaml" <<'YAML'
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: ResourceQuota
    configuration:
      apiVersion: apiserver.config.k8s.io/v1
      kind: ResourceQuotaConfiguration
      limitedResources:
        - resource: pods
          matchScopes:
            - {scopeName: PriorityClass, operator: In, values: [system-node-critical, system-cluster-critical]}
YAML
  cat >"$PKI/audit.yaml" <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - {level: Metadata, verbs: [create, update, patch], resources: [{group: ""}, {group: apps}, {group: batch}]}
  - {level: None}
YAML
}

start_api_server() {
  start etcd etcd --data-dir "$RUN/etcd" --unsafe-no-fsync --listen-client-urls http://127.0.0.1:2379 \
    --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
  # shellcheck disable=SC2086 # flags
  start kube-apiserver "$MADE/bin/kube-apiserver" --etcd-servers http://127.0.0.1:2379 --secure-port 443 --bind-address 0.0.0.0 \
    --advertise-address "$SERVICE_IP" --service-cluster-ip-range 10.96.0.0/24 --endpoint-reconciler-type none --cert-dir "$RUN/apiserver" \
    --tls-cert-file "$PKI/server.crt" --tls-private-key-file "$PKI/server.key" --token-auth-file "$PKI/tokens.csv" \
    --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --admission-control-config-file "$PKI/admission.yaml" --allow-privileged \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$PKI/accounts.pub" \
    --service-account-signing-key-file "$PKI/accounts.key" --kubelet-preferred-address-types InternalIP \
    --audit-policy-file "$PKI/audit.yaml" --audit-log-path "$LOG/audit.log" ${APISERVER_FLAGS:-}
  wait_for 300 kube-apiserver curl --silent --fail --cacert "$PKI/ca.crt" --header 'Authorization: Bearer admin-token' https://127.0.0.1:443/readyz
}

start_controllers() {
  start kube-controller-manager "$MADE/bin/kube-controller-manager" --kubeconfig "$PKI/admin.kubeconfig" --leader-elect=false \
    --cert-dir "$RUN/controller-manager" --use-service-account-credentials --service-account-private-key-file "$PKI/accounts.key" --root-ca-file "$PKI/ca.crt"
  start kube-scheduler "$MADE/bin/kube-scheduler" --kubeconfig "$PKI/admin.kubeconfig" --leader-elect=false --cert-dir "$RUN/scheduler"
}

ip link set lo up
ip addr add "$SERVICE_IP/32" dev lo
# crun takes the unified hierarchy for the only one when it sees both.
! mountpoint -q /sys/fs/cgroup/unified || umount /sys/fs/cgroup/unified
shield_tunables
make_certificates 2>"$LOG/openssl.log"
user admin admin system:masters
for i in $(seq "$nodes"); do user "node-$i" "system:node:node-$i" system:nodes; done
write_configuration
start_api_server
# Tests, which are outside of the network namespace, reach the API by this socket.
start proxy "$MADE/bin/kubectl" --kubeconfig "$PKI/admin.kubeconfig" proxy --unix-socket "$RUN/api.sock" --reject-paths '^$'
[[ $nodes == 0 ]] || start_controllers
for i in $(seq "$nodes"); do
  start "node-$i" unshare --mount --propagation private "$here/node.sh" "$i" all
done
for i in $(seq "$nodes"); do wait_for 300 "node-$i" test -e "$RUN/node-$i/started"; done
wait_for 30 proxy test -S "$RUN/api.sock"
echo ready
while read -r _; do :; done
exit 0
