import { isSeccompAnnotation } from '../../private/seccomp-annotations';
import { fields } from '../fields';
import { PodView, readPod, WrittenProfile } from '../pod';

/** The fields of a container that the seccomp control reads. */
export interface PodSecurityContainer {
  readonly name: string;
  /** Type of its seccomp profile; empty for a profile without a type. */
  readonly type?: string;
}

/** The fields of a pod that the seccomp control reads, as plain JSON values. */
export interface PodSecurityPod {
  /** Annotations about seccomp. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly os: string;
  /** Type of the pod's own seccomp profile; empty for a profile without a type. */
  readonly type?: string;
  /** Init, regular and ephemeral containers, in this order. */
  readonly containers: readonly PodSecurityContainer[];
}

/**
 * Reads a pod, or its specification alone, as an API server decodes it: a null entry of a list is an empty container, a null text is empty. A
 * field of a wrong type reads like null; the API server would refuse the pod.
 */
export function readPodSecurityPod(pod: unknown): PodSecurityPod {
  const { metadata, spec = pod } = fields(pod);
  return podSecurityPod(readPod({ keys: [], metadata, spec: fields(spec) }));
}

/** Returns the fields of a pod that the seccomp control reads. */
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

/** Reads a map from texts to texts, such as labels. */
export function textMap(value: unknown): Map<string, string> {
  return new Map(Object.entries(fields(value)).filter(([, each]) => each !== undefined).map(([key, each]) => [decodedText(key), decodedText(each)]));
}

/** Returns a text as UTF-8 can hold it: without halves of surrogate pairs. */
function decodedText(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : '';
}
