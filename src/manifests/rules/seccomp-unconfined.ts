import { LintSeverity } from '../../lint/finding';
import { groupBy } from '../../private/text';
import { ManifestRule } from '../rule';
import { formatContainers, verb } from '../text';

export const seccompUnconfined: ManifestRule = {
  id: 'seccomp-unconfined',
  severity: LintSeverity.WARNING,
  summary: 'a container with seccomp switched off',
  why: 'Under Unconfined the kernel executes every system call, even if the kubelet has seccompDefault. Pod Security refuses such a pod at the level baseline.',
  fix: 'use RuntimeDefault, or Localhost with a profile that denies the calls the program does not need; if it must be Unconfined, suppress this rule with a reason',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  *check({ pods }) {
    for (const { isWindows, profile, containers } of pods) {
      const unconfined = containers.filter(({ own, effective, isPrivileged }) =>
        !isWindows && effective?.type === 'Unconfined' && !isPrivileged && !weakens(own?.type, profile?.type));
      for (const group of groupBy(unconfined, ({ effective }) => effective!.keys.join())) {
        yield { keys: group[0].effective!.keys, message: `${formatContainers(group)} ${verb(group, 'is', 'are')} Unconfined` };
      }
    }
  },
};

/** True if the container replaces the pod's profile, which container-weakens-pod reports. */
function weakens(own: string | undefined, ofPod: string | undefined): boolean {
  return own === 'Unconfined' && (ofPod === 'RuntimeDefault' || ofPod === 'Localhost');
}
