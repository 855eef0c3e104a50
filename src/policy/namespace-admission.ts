import { ApiObject, App } from 'cdk8s';
import { RenderAhead } from './render-ahead';
import { PodSecurityLabels, podSecurityLabels, PodSecurityStandard } from '../manifests/pod-security/labels';
import { podSecurityRejection, podSecurityWarning } from '../manifests/pod-security/message';
import { PodSecurity, PodSecurityResult } from '../manifests/pod-security/pod-security';
import { podTemplatesIn } from '../manifests/pod-templates';

interface Verdict {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Holds the pods of an app to the Pod Security labels of the Namespaces in the app, before anything is written.
 *
 * cdk8s validates the whole app at the begin of a synth and again before each chart, so what was judged is remembered until all is synthesized.
 */
export class NamespaceAdmission {
  private readonly verdicts = new Map<ApiObject, Verdict>();
  private readonly synthesized = new Set<ApiObject>();
  private readonly asked = new WeakSet<ApiObject>();
  /** Number of objects in the synth that has begun; 0 before. */
  private expected = 0;

  public constructor(private readonly app: App, private readonly ahead: RenderAhead) {}

  public noteSynthesized(object: ApiObject): void {
    if (this.synthesized.has(object)) this.restart();
    this.synthesized.add(object);
  }

  /** To be called before the objects are asked for their faults: each tells its own. */
  public prepare(): void {
    // After a synth that went through, and after one that failed here.
    if (this.synthesized.size >= this.expected || [...this.verdicts.values()].some(({ errors }) => errors.length > 0)) this.restart();
    if (this.expected > 0) return;
    const objects = this.app.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    this.expected = objects.length;
    const namespaces = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
    const labels = new Map(namespaces.map(namespace => [namespace.name, podSecurityLabels(this.ahead.render(namespace))]));
    for (const object of objects) {
      const own = labels.get(object.metadata.namespace ?? '');
      if (!own || !asksForSomething(own)) continue;
      const verdict = judge(this.ahead.render(object), own);
      this.verdicts.set(object, verdict);
      if (!this.asked.has(object)) object.node.addValidation({ validate: () => [...this.verdicts.get(object)?.errors ?? []] });
      this.asked.add(object);
      verdict.warnings.forEach(warning => process.stderr.write(`warning: [${object.node.path}] ${warning}\n`));
    }
  }

  private restart(): void {
    this.expected = 0;
    this.synthesized.clear();
    this.verdicts.clear();
    this.ahead.clear();
  }
}

function asksForSomething({ enforce, warn, audit }: PodSecurityLabels): boolean {
  return [enforce, warn, audit].some(isAsked);
}

function isAsked({ level }: PodSecurityStandard): boolean {
  return level !== 'privileged';
}

function judge(manifest: any, { enforce, warn, audit }: PodSecurityLabels): Verdict {
  const templates = podTemplatesIn(manifest);
  const name = String(manifest.metadata?.name);
  const isPod = manifest.kind === 'Pod';
  const check = (standard: PodSecurityStandard, say: (result: PodSecurityResult) => string) => !isAsked(standard) ? [] : templates
    .map(template => PodSecurity.check(template, standard.level, standard.version))
    .filter(({ allowed }) => !allowed)
    .map(result => (isPod ? '' : `${manifest.kind} ${name}: `) + say(result));
  const errors = check(enforce, result => podSecurityRejection(isPod ? name : '', enforce, result));
  const warnings = errors.length > 0 ? [] : [warn, audit].flatMap(standard => check(standard, result => podSecurityWarning(standard, result)));
  return { errors: [...new Set(errors)], warnings: [...new Set(warnings)] };
}
