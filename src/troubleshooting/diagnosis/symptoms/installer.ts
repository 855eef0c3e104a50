import { certain, likely } from '../causes';
import { Symptom } from '../symptom';

const SOURCE = 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh';

/** What the installer of `SeccompProfileDaemonSet` says. */
export const INSTALLER: readonly Symptom[] = [
  {
    id: 'installer-file-changed',
    summary: 'something else changes an installed profile',
    texts: [': it was changed'],
    causes: [
      likely({
        cause: 'another DaemonSet with the same fixed name, or a configuration management, writes the same file',
        remedy: 'one owner for each path; `versioning: CONTENT_HASH` gives each content its own',
      }),
    ],
    check: 'the same line again and again in the log of the DaemonSet',
    source: SOURCE,
  },
  {
    id: 'installer-link-in-the-way',
    summary: 'a link stands on the way to the profile',
    texts: ['is a symbolic link, expected a directory', 'has become a symbolic link, expected a directory'],
    causes: [
      certain({
        cause: "a directory below the kubelet's seccomp directory is a link, and the installer follows none",
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
        cause: "the profile's `architectures` name nothing that this node runs",
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
        cause: 'the ConfigMap is empty or not mounted where the installer looks',
        remedy: 'apply the chart again; do not change SOURCE_DIR',
      }),
    ],
    check: 'kubectl describe pod of the DaemonSet: its volumes',
    source: SOURCE,
  },
  {
    id: 'installer-node-not-marked',
    summary: 'the node does not say which profiles it has',
    texts: ['the node does not say which profiles it has:'],
    causes: [
      likely({
        cause: 'the API server refuses the patch, or the feature directory cannot be written: the gate stays shut, the profiles are there',
        remedy: 'the reason stands behind it: NodeGate.nodeLabel() needs its ServiceAccount and an image with curl, '
          + 'NodeGate.nodeFeatureDiscovery() its host path',
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
        cause: 'the reason stands behind it: no space, a read-only or labelled host directory, a directory in the place of the file',
        remedy: "free space; on SELinux nodes `seLinuxType: 'spc_t'`; remove what is in the way",
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
        cause: 'the ConfigMap was not made by SeccompProfileDaemonSet, which checks paths at synth',
        remedy: 'change the profile in the app and apply it again',
      }),
    ],
    check: 'kubectl get configmap NAME -o yaml',
    source: SOURCE,
  },
  {
    id: 'installer-record-not-written',
    summary: 'the installer cannot write down what it did',
    texts: ['the record of what was installed is not written', 'leadership not written'],
    causes: [
      likely({
        cause: 'no space, or the host directory is read-only',
        remedy: 'free space on the node; profiles that are in place stay',
      }),
    ],
    check: 'on the node: df /var/lib/kubelet',
    source: SOURCE,
  },
  {
    id: 'installer-source-changed',
    summary: 'a ConfigMap of the installer is not as it was made',
    texts: ['its source has not the digest that documents.sha256 says', 'its source is not a JSON object'],
    causes: [
      likely({
        cause: 'somebody has edited the ConfigMap by hand',
        remedy: 'change the profile in the app and apply it again',
      }),
    ],
    check: 'kubectl get configmap NAME -o yaml, beside the synthesized one',
    source: SOURCE,
  },
  {
    id: 'installer-target-gone',
    summary: "the installer's host directory is gone",
    texts: ['or was removed on the node: exiting to get it mounted again'],
    causes: [
      likely({
        cause: "somebody removed the kubelet's seccomp directory, or `kubeletRoot` is not this node's",
        remedy: 'the next container mounts it again; if it comes back, compare `kubeletRoot` with --root-dir of the kubelet',
      }),
    ],
    check: 'on the node: ls -ld /var/lib/kubelet/seccomp',
    source: SOURCE,
  },
];
