import { LintSeverity } from '../../lint/finding';
import { groupBy } from '../../private/text';
import { ManifestPod, ManifestContainer } from '../pod';
import { ManifestRule } from '../rule';
import { formatContainers, verb } from '../text';

export const profileIgnoredPrivileged: ManifestRule = {
  id: 'profile-ignored-privileged',
  severity: LintSeverity.WARNING,
  summary: 'a privileged container with a profile',
  why: 'To a privileged container the runtime applies no seccomp profile, whatever the manifest says, and nothing tells so. A RuntimeDefault that it only '
    + 'has from its pod is worth knowing, not a warning: the other containers of the pod have it.',
  fix: 'give it the capabilities that it needs instead of privileged: true, or remove the profile that nobody applies',
  source: 'https://kubernetes.io/docs/tutorials/security/seccomp/#create-pod-that-uses-the-container-runtime-default-seccomp-profile',
  *check({ pods }) {
    for (const pod of pods) {
      const dead = pod.containers.filter(({ effective, isPrivileged }) => !pod.isWindows && isPrivileged && ['RuntimeDefault', 'Localhost'].includes(effective?.type ?? ''));
      for (const group of groupBy(dead, container => [container.effective!.keys, isMeant(container)].join())) {
        const [{ effective }] = group;
        yield {
          keys: effective!.keys,
          severity: isMeant(group[0]) ? undefined : LintSeverity.INFO,
          message: `${formatContainers(group)} ${verb(group, 'is', 'are')} privileged: ${profileWords(group[0], pod)} is not applied`,
        };
      }
    }
  },
};

function isMeant({ own, effective }: ManifestContainer): boolean {
  return own !== undefined || effective!.type === 'Localhost';
}

function profileWords({ own, effective }: ManifestContainer, { profile }: ManifestPod): string {
  const { type, localhostProfile } = effective!;
  return `${own || !profile ? 'its' : 'the pod\'s'} ${type}${type === 'Localhost' && typeof localhostProfile === 'string' ? ` ${localhostProfile}` : ''}`;
}
