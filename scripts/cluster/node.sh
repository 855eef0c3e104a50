#!/bin/bash
# A node of the cluster, in a mount namespace of its own: scripts/cluster/node.sh NUMBER all. Called by up.sh, from which it has its environment; also
# in the namespace of a node that runs, to start a part of it again: scripts/cluster/node.sh NUMBER kubelet. Even nodes have crun, the others runc.
set -euo pipefail

number=$1
part=$2
name=node-$number
node=$RUN/$name
containerd=$node/containerd.sock

make_directories() {
  mkdir -p "$node"/{kubelet,logs,containerd,state,cni,run}
  mkdir -p /var/lib/kubelet /var/log/pods
  mount --bind "$node/kubelet" /var/lib/kubelet
  # Volumes that the kubelet mounts have to reach the containers.
  mount --make-rshared /var/lib/kubelet
  mount --bind "$node/logs" /var/log/pods
  # What the runtimes keep below /run is this node's alone.
  mount --bind "$node/run" /run
}

write_configuration() {
  local runtime=/usr/sbin/runc
  ((number % 2)) || runtime=/usr/bin/crun
  cat >"$node/containerd.toml" <<TOML
version = 2
root = "$node/containerd"
state = "$node/state"
[grpc]
  address = "$containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  disable_apparmor = true
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$node/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "$runtime"
TOML
  cat >"$node/cni/10-bridge.conf" <<JSON
{"cniVersion": "0.4.0", "name": "pods", "type": "bridge", "bridge": "pods$number", "isGateway": true, "ipMasq": false,
  "ipam": {"type": "host-local", "dataDir": "$node/ipam", "ranges": [[{"subnet": "10.200.$number.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}
JSON
  # failCgroupV1: Kubernetes refuses to run with version 1 from 1.35 on, unless it is told otherwise.
  cat >"$node/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix://$containerd
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
cgroupRoot: /$NAME-$name
failSwapOn: false
failCgroupV1: false
port: $((10250 + number * 100))
healthzPort: $((10248 + number * 100))
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
resolvConf: ""
podPidsLimit: 1000
maxPods: 200
enforceNodeAllocatable: [pods]
YAML
}

start() { # name, command...
  "${@:2}" </dev/null >>"$LOG/$name.$1.log" 2>&1 &
  echo $! >"$node/$1.pid"
}

ctr_command() {
  ctr --address "$containerd" "$@"
}

start_containerd() {
  local image
  start containerd containerd --config "$node/containerd.toml"
  for _ in $(seq 300); do
    [[ -S $containerd ]] && ctr_command version >/dev/null 2>&1 && break
    sleep 0.1
  done
  for image in "$MADE"/images/*.tar; do ctr_command --namespace k8s.io images import "$image"; done
}

# A kubelet makes no root for its control groups, and a new one of cpuset has no cores.
make_control_groups() {
  local controller file
  for controller in /sys/fs/cgroup/*/; do mkdir -p "$controller$NAME-$name"; done
  for file in cpuset.cpus cpuset.mems; do cat "/sys/fs/cgroup/cpuset/$file" >"/sys/fs/cgroup/cpuset/$NAME-$name/$file"; done
}

start_kubelet() {
  start kubelet "$MADE/bin/kubelet" --config "$node/kubelet.yaml" --kubeconfig "$PKI/$name.kubeconfig" --hostname-override "$name" \
    --node-ip "$SERVICE_IP" --root-dir /var/lib/kubelet --cert-dir "$node/pki" --v 2
}

case $part in
  all)
    make_directories
    write_configuration
    start_containerd
    make_control_groups
    start_kubelet
    echo $$ >"$node/pid"
    touch "$node/started"
    # This shell keeps the namespace, and reaps.
    sleep infinity &
    wait "$!"
    ;;
  kubelet) start_kubelet ;;
esac
