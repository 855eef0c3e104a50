/** Annotation that gave a pod its profile until Kubernetes 1.26. */
export const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
/** Start of the annotation of a container; its name follows. */
export const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

/** True for both kinds of seccomp annotation. */
export function isSeccompAnnotation(name: string): boolean {
  return name === POD_ANNOTATION || name.startsWith(CONTAINER_ANNOTATION);
}

/**
 * True if the API server refuses an annotation beside a field, because they name different profiles. Kubelets ignore the annotation since 1.27, but the
 * API server still compares.
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
