import { LintSeverity } from '../../lint/finding';
import { distributionFault } from '../distribution';
import { LocalhostUse, localhostUses } from '../localhost';
import { noting } from '../rule';

export const localhostProfileNotDistributed = noting<LocalhostUse>({
  id: 'localhost-profile-not-distributed',
  severity: LintSeverity.ERROR,
  summary: 'a Localhost profile that nothing puts on the nodes of the pod',
  why: 'A container whose profile is not on its node ends in CreateContainerError, and the kubelet tries again for ever. A SeccompProfileDaemonSet with the ConfigMaps of its '
    + 'documents puts it there, for the architectures that it has documents for and on the nodes that it selects; so does a SeccompProfile of the Security Profiles Operator, as '
    + 'operator/NAME.json. A DaemonSet that installs other files into the kubelet\'s seccomp directory is believed for the keys of its ConfigMaps.',
  fix: 'add the SeccompProfileDaemonSet that distributes it to what is checked, or say that it is there: --assume-profile PATH, assumedProfiles in cdk8s.yaml',
  source: 'https://kubernetes.io/docs/tutorials/security/seccomp/#create-a-pod-with-a-seccomp-profile-for-syscall-auditing',
  note: localhostUses,
  *conclude({ who, needs, path, nodes }, set) {
    const fault = distributionFault(path, nodes, set);
    if (!fault) return;
    yield { message: `${who} ${needs} ${path} on its nodes; ${fault.reason}`, fix: fault.fix, severity: fault.isSure ? undefined : LintSeverity.WARNING };
  },
});
