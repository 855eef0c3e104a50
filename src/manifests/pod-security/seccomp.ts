import { PodSecurityLevel } from './level';
import { PodSecurityPod } from './pod';
import { quote } from './quote';
import { PodSecurityVersion } from './version';
import { CONTAINER_ANNOTATION, POD_ANNOTATION } from '../../private/seccomp-annotations';

/**
 * Returns the violation of the seccomp control, in the words of the API server; undefined for an allowed pod.
 *
 * Each level and version has one check: the check of restricted replaces that of baseline.
 *
 * @see https://github.com/kubernetes/pod-security-admission/blob/v0.37.2/policy/check_seccompProfile_restricted.go
 */
export function seccompViolation(pod: PodSecurityPod, level: PodSecurityLevel, { minor }: PodSecurityVersion): string | undefined {
  if (level === PodSecurityLevel.PRIVILEGED) return undefined;
  if (minor < 19) return forbiddenAnnotations(pod);
  if (level === PodSecurityLevel.BASELINE) return forbiddenTypes(pod);
  if (minor >= 25 && pod.os === 'windows') return undefined;
  return forbiddenTypes(pod) ?? missingTypes(pod);
}

function forbiddenAnnotations({ annotations, containers }: PodSecurityPod): string | undefined {
  const keys = [POD_ANNOTATION, ...containers.map(({ name }) => CONTAINER_ANNOTATION + name)];
  const forbidden = keys.flatMap(key => {
    const value: string | undefined = annotations[key];
    return value === undefined || isAllowedAnnotation(value) ? [] : [`${key}=${quote(value)}`];
  });
  const shown = sorted(forbidden);
  return shown.length > 0 ? `forbidden ${plural('annotation', shown)} ${shown.join(', ')}` : undefined;
}

function forbiddenTypes(pod: PodSecurityPod): string | undefined {
  const isForbidden = ({ type }: { type?: string }) => type !== undefined && !isAllowedType(type);
  const containers = pod.containers.filter(isForbidden);
  const types = [pod, ...containers].filter(isForbidden).map(({ type }) => type!);
  if (types.length === 0) return undefined;
  const setters = [...isForbidden(pod) ? ['pod'] : [], ...containers.length > 0 ? [named(containers)] : []];
  return `${setters.join(' and ')} must not set securityContext.seccompProfile.type to ${quoted(sorted(types))}`;
}

function missingTypes(pod: PodSecurityPod): string | undefined {
  if (pod.type !== undefined) return undefined;
  const containers = pod.containers.filter(({ type }) => type === undefined);
  if (containers.length === 0) return undefined;
  return `pod or ${named(containers)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;
}

function isAllowedType(type: string): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}

function isAllowedAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}

function named(containers: readonly { readonly name: string }[]): string {
  return `${plural('container', containers)} ${quoted(containers.map(({ name }) => name))}`;
}

/** Puts texts in quotes without escapes, as the API server does here. */
function quoted(texts: readonly string[]): string {
  return texts.map(text => `"${text}"`).join(', ');
}

function plural(noun: string, items: readonly unknown[]): string {
  return items.length === 1 ? noun : `${noun}s`;
}

/** Removes duplicates and sorts by UTF-8 bytes; JavaScript would sort by UTF-16 units. */
function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
