import { LintSeverity } from '../../lint/finding';
import { groupBy } from '../../private/text';
import { ManifestRule } from '../rule';
import { formatContainers, verb } from '../text';

export const seccompUnconfined: ManifestRule = {
  id: 'seccomp-unconfined',
  severity: LintSeverity.WARNING,
  summary: 'a container with seccomp switched off',
  why: 'Under Unconfined every system call gets to the kernel, also on kubelets with seccompDefault. Pod Security baseline refuses such a pod.',
  fix: 'use RuntimeDefault, or Localhost with a profile that denies what the program does not need; suppress this rule, with the reason, where it has to be so',
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

/** What undoes the pod's profile is said by container-weakens-pod. */
function weakens(own: string | undefined, ofPod: string | undefined): boolean {
  return own === 'Unconfined' && (ofPod === 'RuntimeDefault' || ofPod === 'Localhost');
}
