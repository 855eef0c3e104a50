import { LintSeverity } from '../../lint/finding';
import { ManifestRule } from '../rule';
import { formatContainers, verb } from '../text';

export const seccompUnset: ManifestRule = {
  id: 'seccomp-unset',
  severity: LintSeverity.WARNING,
  summary: 'a container without a profile',
  why: 'A container without a seccompProfile, its own or its pod\'s, runs Unconfined: the kernel executes every system call. Only a kubelet with '
    + 'seccompDefault gives it RuntimeDefault, so the same manifest behaves differently in different clusters.',
  fix: 'set securityContext.seccompProfile on the pod: type RuntimeDefault, or Localhost with a profile of your own',
  source: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
  *check({ pods }) {
    for (const { keys, isWindows, containers } of pods) {
      // annotation-only reports containers with an annotation; a privileged container gets no profile anyway.
      const unset = containers.filter(({ effective, isPrivileged, annotation }) =>
        !isWindows && !effective && !isPrivileged && (annotation === undefined || annotation === 'unconfined'));
      if (unset.length === 0) continue;
      yield {
        keys: unset.length === 1 ? unset[0].keys : keys,
        message: `${formatContainers(unset)} ${verb(unset, 'has', 'have')} no profile: Unconfined, unless the kubelet has seccompDefault`,
      };
    }
  },
};
