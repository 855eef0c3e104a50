/** The annotations that chose a profile before Kubernetes 1.19 had the field. */
export const POD_SECCOMP_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
export const CONTAINER_SECCOMP_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

/**
 * Whether the API server refuses an annotation beside a field, as one that says something else. Kubelets ignore the annotation since 1.27; this
 * comparison is still made.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go (validateSeccompAnnotationsAndFieldsMatch)
 */
export function contradicts(annotation: string, field: { readonly type: string; readonly localhostProfile?: unknown }): boolean {
  switch (field.type) {
    case 'Unconfined': return annotation !== 'unconfined';
    case 'RuntimeDefault': return annotation !== 'runtime/default' && annotation !== 'docker/default';
    case 'Localhost': return annotation !== `localhost/${String(field.localhostProfile)}`;
    // The field itself is refused.
    default: return false;
  }
}
