import { Fields, fields } from '../manifests/fields';
import { readPod } from '../manifests/pod';
import { PodSecurityLabels, podSecurityLabels, PodSecurityStandard } from '../manifests/pod-security/labels';
import { podSecurityRejection, podSecurityWarning } from '../manifests/pod-security/message';
import { podSecurityPod } from '../manifests/pod-security/pod';
import { podSecurityResult, PodSecurityResult } from '../manifests/pod-security/pod-security';
import { podTemplatesIn } from '../manifests/pod-templates';

/** Errors and warnings of the API server about the pods of a manifest. */
export interface Verdict {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const FINE: Verdict = { errors: [], warnings: [] };

/** Checks the pods of manifests against the Pod Security labels of the app's Namespaces. */
export class NamespaceAdmission {
  private readonly labels = new Map<unknown, PodSecurityLabels>();

  public constructor(namespaces: readonly Fields[]) {
    for (const namespace of namespaces) {
      const labels = podSecurityLabels(namespace);
      if ([labels.enforce, labels.warn, labels.audit].some(isAsked)) this.labels.set(fields(namespace.metadata).name, labels);
    }
  }

  public judge(manifest: Fields): Verdict {
    const labels = this.labels.get(fields(manifest.metadata).namespace);
    return labels ? judge(manifest, labels) : FINE;
  }
}

function isAsked({ level }: PodSecurityStandard): boolean {
  return level !== 'privileged';
}

function judge(manifest: Fields, { enforce, warn, audit }: PodSecurityLabels): Verdict {
  const pods = podTemplatesIn(manifest).map(template => podSecurityPod(readPod(template)));
  const name = String(fields(manifest.metadata).name);
  const isPod = manifest.kind === 'Pod';
  const check = (standard: PodSecurityStandard, say: (result: PodSecurityResult) => string) => !isAsked(standard) ? [] : pods
    .map(pod => podSecurityResult(pod, standard.level, standard.version))
    .filter(({ allowed }) => !allowed)
    .map(result => (isPod ? '' : `${String(manifest.kind)} ${name}: `) + say(result));
  const errors = check(enforce, result => podSecurityRejection(isPod ? name : '', enforce, result));
  const warnings = errors.length > 0 ? [] : [warn, audit].flatMap(standard => check(standard, result => podSecurityWarning(standard, result)));
  return { errors: [...new Set(errors)], warnings: [...new Set(warnings)] };
}
