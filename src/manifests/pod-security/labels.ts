import { findPodSecurityLevel, POD_SECURITY_LEVELS, PodSecurityLevel } from './level';
import { textMap } from './pod';
import { quote } from './quote';
import { findPodSecurityVersion, LATEST } from './version';
import { list } from '../../private/errors';
import { fields } from '../fields';

/** A level and a version of the Pod Security Standards. */
export interface PodSecurityStandard {
  readonly level: PodSecurityLevel;
  /** `latest`, or a version such as `v1.29`. */
  readonly version: string;
}

/** The standards that the labels of a namespace ask for. */
export interface PodSecurityLabels {
  /** Standard that a pod must meet to be admitted. */
  readonly enforce: PodSecurityStandard;
  /** Standard whose violations go to the audit log. */
  readonly audit: PodSecurityStandard;
  /** Standard whose violations the API server returns as warnings, for pods and for workloads. */
  readonly warn: PodSecurityStandard;
  /** Messages of the API server about invalid labels; it refuses a new namespace that has one. */
  readonly errors: readonly string[];
}

const PREFIX = 'pod-security.kubernetes.io/';

/**
 * Reads the labels of a namespace as the admission of Kubernetes 1.26 and later does, with its built-in defaults; a cluster may have others. An
 * invalid level to enforce counts as `restricted`, an invalid level to audit or to warn as `privileged`, an invalid version as the latest.
 *
 * @see https://github.com/kubernetes/pod-security-admission/blob/v0.37.2/api/helpers.go
 */
export function podSecurityLabels(namespace: unknown): PodSecurityLabels {
  const labels = textMap(fields(fields(namespace).metadata).labels);
  const errors: string[] = [];
  const read = <T>(name: string, find: (text: string) => T | undefined, expected: string, invalid: T) => {
    const text = labels.get(PREFIX + name);
    if (text === undefined) return undefined;
    const found = find(text);
    if (found === undefined) errors.push(`metadata.labels[${PREFIX}${name}]: Invalid value: ${quote(text)}: must be ${expected}`);
    return found ?? invalid;
  };
  const mode = (name: string, invalid: PodSecurityLevel) => ({
    level: read(name, findPodSecurityLevel, `one of ${list(POD_SECURITY_LEVELS)}`, invalid),
    version: read(`${name}-version`, findPodSecurityVersion, '"latest" or "v1.x"', LATEST)?.text,
  });

  const { RESTRICTED, PRIVILEGED } = PodSecurityLevel;
  const fallback = { level: PRIVILEGED, version: LATEST.text };
  const enforce = withDefaults(mode('enforce', RESTRICTED), fallback);
  const audit = withDefaults(mode('audit', PRIVILEGED), fallback);
  const warn = mode('warn', PRIVILEGED);
  // A valid level to enforce is also the level to warn about, unless a label sets that.
  const follows = warn.level === undefined && enforce.level !== PRIVILEGED && labels.get(`${PREFIX}enforce`) === enforce.level;
  return { enforce, audit, warn: withDefaults(warn, follows ? enforce : fallback), errors };
}

function withDefaults({ level, version }: Partial<PodSecurityStandard>, defaults: PodSecurityStandard): PodSecurityStandard {
  return { level: level ?? defaults.level, version: version ?? defaults.version };
}
