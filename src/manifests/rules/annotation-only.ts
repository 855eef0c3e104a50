import { LintSeverity } from '../../lint/finding';
import { groupBy } from '../../private/text';
import { ManifestRule } from '../rule';
import { formatContainers, verb } from '../text';

export const annotationOnly: ManifestRule = {
  id: 'annotation-only',
  severity: LintSeverity.WARNING,
  summary: 'a profile that only an annotation asks for',
  why: 'Kubernetes 1.27 and later ignore the annotations seccomp.security.alpha.kubernetes.io/pod and container.seccomp.security.alpha.kubernetes.io/NAME: '
    + 'the container runs Unconfined, unless the kubelet has seccompDefault.',
  fix: 'write securityContext.seccompProfile instead of the annotation: the field works since 1.19',
  source: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#seccomp-security-alpha-kubernetes-io-pod',
  *check({ pods }) {
    for (const { keys, isWindows, containers } of pods) {
      const affected = containers.filter(({ annotation, effective, isPrivileged }) =>
        !isWindows && annotation !== undefined && annotation !== 'unconfined' && !effective && !isPrivileged);
      for (const group of groupBy(affected, ({ annotation }) => annotation!)) {
        yield {
          keys: group.length === 1 ? group[0].keys : keys,
          message: `${formatContainers(group)} ${verb(group, 'has', 'have')} the annotation ${JSON.stringify(group[0].annotation)} and no seccompProfile: `
            + 'ignored since Kubernetes 1.27',
        };
      }
    }
  },
};
