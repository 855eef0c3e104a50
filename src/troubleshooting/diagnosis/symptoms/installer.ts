import { certain, likely } from '../causes';
import { Symptom } from '../symptom';

const SOURCE = 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh';

/** Symptoms in the log of the installer of `SeccompProfileDaemonSet`. */
export const INSTALLER: readonly Symptom[] = [
  {
    id: 'installer-file-changed',
    summary: 'something else changes an installed profile',
    texts: [': it was changed'],
    causes: [
      likely({
        cause: 'another DaemonSet with the same fixed name, or a configuration management tool, writes the same file',
        remedy: 'let only one of them write each path, or use `versioning: CONTENT_HASH`, which gives each content its own path',
      }),
    ],
    check: 'in the log of the DaemonSet: the same line appears again and again',
    source: SOURCE,
  },
  {
    id: 'installer-link-in-the-way',
    summary: 'a directory on the path of the profile is a link',
    texts: ['is a symbolic link, expected a directory', 'has become a symbolic link, expected a directory'],
    causes: [
      certain({
        cause: "a directory below the kubelet's seccomp directory is a link, and the installer follows no links",
        remedy: 'remove the link on the node',
      }),
    ],
    check: 'on the node: ls -l /var/lib/kubelet/seccomp',
    source: SOURCE,
  },
  {
    id: 'installer-no-document',
    summary: 'the installer has no document for this kind of node',
    texts: ['has no document for this node (', 'has no digest of its document for'],
    causes: [
      certain({
        cause: "the profile's `architectures` name no architecture that this node runs",
        remedy: "add the node's architecture to the profile (withArchitectures), or keep the DaemonSet off such nodes",
      }),
    ],
    check: 'kubectl get node NODE -o jsonpath={.status.nodeInfo.architecture}',
    source: SOURCE,
  },
  {
    id: 'installer-no-profile',
    summary: 'the installer finds no profile at all',
    texts: ['error: no profile in', '"message":"no profile in'],
    causes: [
      likely({
        cause: 'the ConfigMap is empty, or not mounted where the installer expects it',
        remedy: 'apply the chart again; do not change SOURCE_DIR',
      }),
    ],
    check: 'kubectl describe pod of the DaemonSet: its volumes',
    source: SOURCE,
  },
  {
    id: 'installer-node-not-marked',
    summary: 'the node has no labels for its profiles',
    texts: ['the node does not say which profiles it has:'],
    causes: [
      likely({
        cause: 'the API server refuses the patch, or the feature directory cannot be written: the profiles are there, but the gate stays shut',
        remedy: 'fix the reason at the end of the line: NodeGate.nodeLabel() needs its ServiceAccount and an image with curl, '
          + 'NodeGate.nodeFeatureDiscovery() needs its host path',
      }),
    ],
    check: 'kubectl get node NODE --show-labels',
    source: SOURCE,
  },
  {
    id: 'installer-not-installed',
    summary: 'a profile cannot be written on the node',
    texts: ['json not installed:'],
    unless: ['its source', 'symbolic link', 'documents.sha256'],
    causes: [
      likely({
        cause: 'the end of the line has the reason: no space, a host directory that is read-only or denied by SELinux, a directory in place of the file',
        remedy: "free space, set `seLinuxType: 'spc_t'` on SELinux nodes, or remove the directory",
      }),
    ],
    check: 'on the node: df /var/lib/kubelet; ls -lZ /var/lib/kubelet/seccomp',
    source: SOURCE,
  },
  {
    id: 'installer-path-invalid',
    summary: 'a profile has a path that the installer does not write',
    texts: ['the source has a document for "'],
    causes: [
      certain({
        cause: 'SeccompProfileDaemonSet, which checks paths at synth, did not make this ConfigMap',
        remedy: 'change the profile in the app and apply it again',
      }),
    ],
    check: 'kubectl get configmap NAME -o yaml',
    source: SOURCE,
  },
  {
    id: 'installer-record-not-written',
    summary: 'the installer cannot write its record on the node',
    texts: ['the record of what was installed is not written', 'leadership not written'],
    causes: [
      likely({
        cause: 'the node has no space left, or the host directory is read-only',
        remedy: 'free space on the node, or make the directory writable; installed profiles stay in place',
      }),
    ],
    check: 'on the node: df /var/lib/kubelet',
    source: SOURCE,
  },
  {
    id: 'installer-source-changed',
    summary: 'a ConfigMap of the installer was changed',
    texts: ['its source has not the digest that documents.sha256 says', 'its source is not a JSON object'],
    causes: [
      likely({
        cause: 'the ConfigMap was edited by hand',
        remedy: 'change the profile in the app and apply it again',
      }),
    ],
    check: 'compare kubectl get configmap NAME -o yaml with the synthesized ConfigMap',
    source: SOURCE,
  },
  {
    id: 'installer-target-gone',
    summary: "the installer's host directory is gone",
    texts: ['or was removed on the node: exiting to get it mounted again'],
    causes: [
      likely({
        cause: "the kubelet's seccomp directory was removed, or this node has another `kubeletRoot`",
        remedy: 'wait for the next container, which mounts it again; if the error returns, compare `kubeletRoot` with --root-dir of the kubelet',
      }),
    ],
    check: 'on the node: ls -ld /var/lib/kubelet/seccomp',
    source: SOURCE,
  },
  {
    id: 'priority-class-quota-missing',
    summary: 'a DaemonSet gets no pod, because a quota is missing',
    texts: ['insufficient quota to match these scopes…PriorityClass'],
    causes: [
      certain({
        cause: 'the cluster admits pods of this priority class only in a namespace with a ResourceQuota for the class, and this namespace has none',
        remedy: 'remove `priorityClassQuota: PriorityClassQuota.NONE` from the SeccompProfileDaemonSet, or create a ResourceQuota with a scopeSelector for the class',
      }),
    ],
    check: 'kubectl get resourcequota --namespace NAMESPACE -o yaml',
    source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default',
  },
];
