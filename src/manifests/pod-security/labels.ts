import { findPodSecurityLevel, POD_SECURITY_LEVELS, PodSecurityLevel } from './level';
import { textMap } from './pod';
import { quote } from './quote';
import { findPodSecurityVersion, LATEST } from './version';
import { list } from '../../private/errors';
import { fields } from '../fields';

/** What pods are held to. */
export interface PodSecurityStandard {
  readonly level: PodSecurityLevel;
  /** `latest`, or such as `v1.29`. */
  readonly version: string;
}

/** What the labels of a namespace ask for. */
export interface PodSecurityLabels {
  /** What a pod has to meet to be let in. */
  readonly enforce: PodSecurityStandard;
  /** What is noted in the audit log otherwise. */
  readonly audit: PodSecurityStandard;
  /** What whoever creates it, or a workload with it, is warned of otherwise. */
  readonly warn: PodSecurityStandard;
  /** Invalid labels, in the words of the API server: with one, it takes no new namespace. */
  readonly errors: readonly string[];
}

const PREFIX = 'pod-security.kubernetes.io/';

/**
 * The labels of a namespace as the admission of Kubernetes 1.26 and later evaluates them, with its own defaults: a cluster may have others. An
 * invalid level is `restricted` where pods are refused for it and `privileged` where they are only reported, an invalid version is the latest.
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
  // A valid level is warned of as well, unless the labels say of what.
  const follows = warn.level === undefined && enforce.level !== PRIVILEGED && labels.get(`${PREFIX}enforce`) === enforce.level;
  return { enforce, audit, warn: withDefaults(warn, follows ? enforce : fallback), errors };
}

function withDefaults({ level, version }: Partial<PodSecurityStandard>, defaults: PodSecurityStandard): PodSecurityStandard {
  return { level: level ?? defaults.level, version: version ?? defaults.version };
}
