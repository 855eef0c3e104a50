import { LintSeverity } from '../../lint/finding';
import { distributionFault } from '../distribution';
import { LocalhostUse, localhostUses } from '../localhost';
import { noting } from '../rule';

export const localhostProfileNotDistributed = noting<LocalhostUse>({
  id: 'localhost-profile-not-distributed',
  severity: LintSeverity.ERROR,
  summary: 'a Localhost profile that nothing puts on the nodes of the pod',
  why: 'A container whose profile is not on its node fails with CreateContainerError, and the kubelet retries forever. Three things put profiles on nodes: a '
    + 'SeccompProfileDaemonSet with its ConfigMaps, on the nodes that it selects and for the architectures that it has documents for; a SeccompProfile of the Security Profiles '
    + 'Operator, as operator/NAME.json; and any other DaemonSet that writes to the kubelet\'s seccomp directory, for the keys of its ConfigMaps.',
  fix: 'check the SeccompProfileDaemonSet that distributes the profile together with the pods, or say that the profile is on the nodes: --assume-profile PATH, '
    + 'assumedProfiles in cdk8s.yaml',
  source: 'https://kubernetes.io/docs/tutorials/security/seccomp/#create-a-pod-with-a-seccomp-profile-for-syscall-auditing',
  note: localhostUses,
  *conclude({ who, needs, path, nodes }, set) {
    const fault = distributionFault(path, nodes, set);
    if (!fault) return;
    yield { message: `${who} ${needs} ${path} on its nodes; ${fault.reason}`, fix: fault.fix, severity: fault.isSure ? undefined : LintSeverity.WARNING };
  },
});
