import { LintSeverity } from '../../lint/finding';
import { ManifestRule } from '../rule';
import { formatContainers, verb } from '../text';

export const containerWeakensPod: ManifestRule = {
  id: 'container-weakens-pod',
  severity: LintSeverity.WARNING,
  summary: 'a container that switches off the profile of its pod',
  why: 'The profile of a container replaces that of its pod. The containers of a pod share volumes and the network, so one container without a filter '
    + 'exposes the whole pod.',
  fix: 'remove the container\'s own seccompProfile, or give it a profile that it works under',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-seccomp-profile-for-a-container',
  *check({ pods }) {
    for (const { keys, isWindows, profile, containers } of pods) {
      if (isWindows || !profile || !['RuntimeDefault', 'Localhost'].includes(profile.type)) continue;
      const weak = containers.filter(({ own, isPrivileged }) => own?.type === 'Unconfined' && !isPrivileged);
      if (weak.length === 0) continue;
      yield {
        keys: weak.length === 1 ? weak[0].own!.keys : keys,
        message: `${formatContainers(weak)} ${verb(weak, 'is', 'are')} Unconfined, although the pod is ${profile.type}`,
      };
    }
  },
};
