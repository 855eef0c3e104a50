import { LintSeverity } from '../../lint/finding';
import { CONTAINER_ANNOTATION, contradicts, POD_ANNOTATION } from '../../private/seccomp-annotations';
import { WrittenProfile } from '../pod';
import { ManifestRule } from '../rule';

export const annotationContradictsField: ManifestRule = {
  id: 'annotation-contradicts-field',
  severity: LintSeverity.ERROR,
  summary: 'an annotation names another profile than the field',
  why: 'The API server refuses a pod, or a template, whose seccomp annotation and field differ: "seccomp type in annotation and field must match". Kubelets '
    + 'ignore the annotation since 1.27, but the API server still compares.',
  fix: 'remove the annotation: the field exists since Kubernetes 1.19',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go',
  *check({ pods }) {
    for (const { annotations, profile, containers } of pods) {
      const pairs: [name: string, field?: WrittenProfile][] = [
        [POD_ANNOTATION, profile],
        ...containers.map(({ name, own }): [string, WrittenProfile?] => [`${CONTAINER_ANNOTATION}${name}`, own]),
      ];
      for (const [name, field] of pairs) {
        const annotation = annotations[name];
        if (!field || typeof annotation !== 'string' || !contradicts(annotation, field)) continue;
        const path = field.type === 'Localhost' ? ` ${String(field.localhostProfile)}` : '';
        yield { keys: field.keys, message: `annotation ${name} says ${JSON.stringify(annotation)}, the field ${field.type}${path}: the API server refuses that` };
      }
    }
  },
};
