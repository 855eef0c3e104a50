import { withField } from './manifest-fields';
import { elements, Fields, fields, isPlainObject } from '../manifests/fields';
import { CONTAINER_LISTS, nameOf, PodView } from '../manifests/pod';
import { PodTemplate } from '../manifests/pod-templates';
import { CONTAINER_ANNOTATION, isSeccompAnnotation, POD_ANNOTATION } from '../private/seccomp-annotations';

/**
 * Returns a pod with its seccomp annotations turned into fields, where no field is set yet. Kubernetes ignores the annotations since 1.27; before that, it
 * refused a pod whose annotation and field differ.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#seccomp-security-alpha-kubernetes-io-pod
 */
export function withoutAnnotations({ template, annotations }: PodView): PodTemplate {
  const entries = Object.entries(annotations);
  if (!entries.some(([name]) => isSeccompAnnotation(name))) return template;
  const { keys, metadata, spec } = template;
  const { annotations: _, ...rest } = fields(metadata);
  const others = Object.fromEntries(entries.filter(([name]) => !isSeccompAnnotation(name)));
  const changed: Record<string, unknown> = { ...withProfile(spec, annotations[POD_ANNOTATION]) };
  for (const list of CONTAINER_LISTS) {
    if (!Array.isArray(spec[list])) continue;
    changed[list] = elements(spec[list]).map(container => isPlainObject(container)
      ? withProfile(container, annotations[CONTAINER_ANNOTATION + nameOf(container)]) : container);
  }
  return { keys, metadata: Object.keys(others).length > 0 ? { ...fields(metadata), annotations: others } : rest, spec: changed };
}

/** Returns a pod spec or container with the profile of its annotation, unless it sets a profile. */
function withProfile(owner: Fields, annotation: unknown): Fields {
  const seccompProfile = typeof annotation === 'string' ? profileOf(annotation) : undefined;
  const context = fields(owner.securityContext);
  if (!seccompProfile || context.seccompProfile) return owner;
  return withField(owner, 'securityContext', withField(context, 'seccompProfile', seccompProfile));
}

function profileOf(annotation: string): Fields | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default' || annotation === 'docker/default') return { type: 'RuntimeDefault' };
  const path = /^localhost\/(.+)$/.exec(annotation)?.[1];
  return path === undefined ? undefined : { localhostProfile: path, type: 'Localhost' };
}
