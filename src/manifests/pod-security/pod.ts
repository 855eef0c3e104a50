/** What the seccomp control looks at in a container. */
export interface PodSecurityContainer {
  readonly name: string;
  /** Type of its seccomp profile; empty for a profile without one. */
  readonly type?: string;
}

/** What the seccomp control looks at in a pod. */
export interface PodSecurityPod {
  readonly annotations: ReadonlyMap<string, string>;
  readonly os: string;
  /** Type of the pod's own seccomp profile; empty for a profile without one. */
  readonly type?: string;
  /** Init, regular and ephemeral containers, in this order. */
  readonly containers: readonly PodSecurityContainer[];
}

/**
 * Reads a pod, or its specification alone, as an API server decodes it: a null list entry is an empty container, a null text is empty. A field of
 * a wrong type, for which the API server refuses the whole pod, reads like null.
 */
export function readPod(pod: unknown): PodSecurityPod {
  const { metadata, spec = pod } = fields(pod);
  const { securityContext, initContainers, containers, ephemeralContainers, os } = fields(spec);
  return {
    annotations: textMap(fields(metadata).annotations),
    os: text(fields(os).name),
    type: seccompType(securityContext),
    containers: [initContainers, containers, ephemeralContainers].flatMap(entries).map(readContainer),
  };
}

function readContainer(container: unknown): PodSecurityContainer {
  const { name, securityContext } = fields(container);
  return { name: text(name), type: seccompType(securityContext) };
}

function seccompType(securityContext: unknown): string | undefined {
  const { seccompProfile } = fields(securityContext);
  return isObject(seccompProfile) && !Array.isArray(seccompProfile) ? text(seccompProfile.type) : undefined;
}

/** A map from texts to texts, such as labels. */
export function textMap(value: unknown): Map<string, string> {
  return new Map(Object.entries(fields(value)).filter(([, each]) => each !== undefined).map(([key, each]) => [text(key), text(each)]));
}

/** The fields of an object, none of anything else; a list has no field that is asked for. */
export function fields(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** There are no halves of surrogate pairs in UTF-8. */
function text(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : '';
}
