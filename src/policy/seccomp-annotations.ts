import { PodTemplate } from '../manifests/pod-templates';

const POD = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/**
 * A pod whose seccomp annotations are fields instead, where there is no field yet. Kubernetes ignores the annotations since 1.27, and before it refused a pod whose
 * annotation and field say different things.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#seccomp-security-alpha-kubernetes-io-pod
 */
export function withoutAnnotations(template: PodTemplate): PodTemplate {
  const { keys, metadata, spec } = template;
  const annotations = Object.entries<string>(metadata?.annotations ?? {});
  if (!annotations.some(([name]) => isSeccomp(name))) return template;
  const values = new Map(annotations);
  const { annotations: _, ...rest } = metadata;
  const others = annotations.filter(([name]) => !isSeccomp(name));
  return {
    keys,
    metadata: others.length > 0 ? { ...rest, annotations: Object.fromEntries(others) } : rest,
    spec: {
      ...withProfile(spec, values.get(POD)),
      ...Object.fromEntries(CONTAINER_LISTS.filter(list => Array.isArray(spec[list])).map(list =>
        [list, spec[list].map((container: any) => withProfile(container, values.get(`${CONTAINER}${container?.name}`)))])),
    },
  };
}

function isSeccomp(name: string): boolean {
  return name === POD || name.startsWith(CONTAINER);
}

/** A pod spec or container with the profile of its annotation, unless it has one. */
function withProfile(owner: any, annotation?: string): any {
  const seccompProfile = annotation === undefined ? undefined : profileOf(annotation);
  if (!seccompProfile || owner.securityContext?.seccompProfile) return owner;
  return { ...owner, securityContext: { ...owner.securityContext, seccompProfile } };
}

function profileOf(annotation: string): { type: string; localhostProfile?: string } | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default' || annotation === 'docker/default') return { type: 'RuntimeDefault' };
  const path = /^localhost\/(.+)$/.exec(annotation)?.[1];
  return path === undefined ? undefined : { type: 'Localhost', localhostProfile: path };
}
