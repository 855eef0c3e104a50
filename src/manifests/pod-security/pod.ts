import { fields } from '../fields';
import { isSeccompAnnotation, PodView, readPod, WrittenProfile } from '../pod';

/** What the seccomp control looks at in a container. */
export interface PodSecurityContainer {
  readonly name: string;
  /** Type of its seccomp profile; empty for a profile without one. */
  readonly type?: string;
}

/** What the seccomp control looks at in a pod, and nothing else, as JSON can have it. */
export interface PodSecurityPod {
  /** The ones about seccomp. */
  readonly annotations: Readonly<Record<string, string>>;
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
export function readPodSecurityPod(pod: unknown): PodSecurityPod {
  const { metadata, spec = pod } = fields(pod);
  return podSecurityPod(readPod({ keys: [], metadata, spec: fields(spec) }));
}

/** The pod as the seccomp control looks at it. */
export function podSecurityPod({ annotations, os, profile, containers }: PodView): PodSecurityPod {
  return {
    annotations: Object.fromEntries([...textMap(annotations)].filter(([name]) => isSeccompAnnotation(name))),
    os: decodedText(os),
    type: seccompType(profile),
    containers: containers.map(({ value, own }) => ({ name: decodedText(value.name), type: seccompType(own) })),
  };
}

function seccompType(profile: WrittenProfile | undefined): string | undefined {
  return profile && !profile.isList ? decodedText(profile.type) : undefined;
}

/** A map from texts to texts, such as labels. */
export function textMap(value: unknown): Map<string, string> {
  return new Map(Object.entries(fields(value)).filter(([, each]) => each !== undefined).map(([key, each]) => [decodedText(key), decodedText(each)]));
}

/** There are no halves of surrogate pairs in UTF-8. */
function decodedText(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : '';
}
