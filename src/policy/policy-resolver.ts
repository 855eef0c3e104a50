import { ApiObject, App, IResolver, Lazy, ResolutionContext } from 'cdk8s';
import { IConstruct } from 'constructs';
import { NamespaceAdmission } from './namespace-admission';
import { applyMode, ModeOutcome, text } from './pod-mode';
import { writeAfter } from './profiles-first';
import { RenderAhead } from './render-ahead';
import { SeccompPolicyDecision, SeccompPolicyOutcome } from './seccomp-policy-decision';
import { changePodTemplates, PodTemplate } from '../manifests/pod-templates';
import { ThreadProbe } from '../troubleshooting/probe/thread-probe';
import { requireNodeLabel } from '../workloads/node-label';
import { SeccompMode } from '../workloads/seccomp-mode';

/** A mode and whom it is for. */
export interface AppliedPolicy {
  readonly scope: IConstruct;
  readonly mode: SeccompMode;
  readonly override: boolean;
  readonly exclude: readonly IConstruct[];
}

const METADATA = 'cdk8s-seccomp/policy';
const OUTCOMES = { set: SeccompPolicyOutcome.SET, kept: SeccompPolicyOutcome.KEPT, skipped: SeccompPolicyOutcome.SKIPPED } as const;

/** Puts the modes of an app's policies on pods, as cdk8s resolves one object after the other. */
export class PolicyResolver implements IResolver {
  private readonly policies = new Map<IConstruct, AppliedPolicy>();
  private readonly decided = new Map<ApiObject, { readonly scope: IConstruct; readonly decisions: readonly SeccompPolicyDecision[] }>();
  /** What was put in the place of a value last: cdk8s asks about it next. */
  private replacement?: object;

  private readonly ahead = new RenderAhead();
  private readonly admission: NamespaceAdmission;

  /** @param app gets this as its first resolver: cdk8s works from the outside in, and the first one sees an object whole */
  public constructor(app: App) {
    this.admission = new NamespaceAdmission(app, this.ahead);
    app.resolvers.unshift(this);
    app.node.addValidation({ validate: () => this.prepare() });
  }

  public add(policy: AppliedPolicy): void {
    this.policies.set(policy.scope, policy);
  }

  public resolve(context: ResolutionContext): void {
    // It is asked for every value of the app.
    if (this.ahead.isActive && context.value instanceof Lazy) context.replaceValue(this.ahead.produce(context.value));
    else if (context.key.length === 0) this.resolveObject(context);
  }

  public decisionsOf(scope: IConstruct): SeccompPolicyDecision[] {
    return [...this.decided.values()].filter(each => each.scope === scope).flatMap(({ decisions }) => decisions);
  }

  private resolveObject(context: ResolutionContext): void {
    const { obj, value } = context;
    // The metadata of an object comes by itself first.
    if (value.kind !== obj.kind || value.apiVersion !== obj.apiVersion || value === this.replacement) return;
    if (!this.ahead.isRendering) this.admission.noteSynthesized(obj);
    const policy = this.policyFor(obj);
    const changed = policy ? this.withMode(value, obj, policy) : value;
    if (changed === value) return;
    this.replacement = changed;
    context.replaceValue(changed);
  }

  private withMode(value: any, obj: ApiObject, policy: AppliedPolicy): any {
    const { mode, override } = policy;
    const decisions: SeccompPolicyDecision[] = [];
    const warnings: string[] = [];
    const changed = changePodTemplates(value, template => {
      const result = applyMode(template, { mode: mode._toKube(), override });
      decisions.push(decisionOf(result, obj));
      result.weak.forEach(what => warnings.push(`${what} keeps seccompProfile Unconfined under the policy's ${mode}: remove it, or pass override`));
      return onLabelledNodes(result, mode);
    }, raw => this.unwrapped(raw));
    if (decisions.length > 0) this.record(obj, policy, decisions, warnings);
    return changed;
  }

  /** The nearest one, unless it leaves the construct alone. */
  private policyFor(construct: IConstruct): AppliedPolicy | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const policy = this.policies.get(scope);
      if (policy && !isExcluded(construct, policy)) return policy;
    }
    return undefined;
  }

  /** cdk8s asks the app before anything below it. */
  private prepare(): string[] {
    for (const { scope, mode } of this.policies.values()) {
      if (mode._installer) writeAfter(scope, mode._installer);
    }
    this.admission.prepare();
    return [];
  }

  /** What cdk8s would make of a placeholder. */
  private unwrapped(value: any): any {
    if (value instanceof Lazy) return this.unwrapped(this.ahead.produce(value));
    return typeof value?.resolve === 'function' ? this.unwrapped(value.resolve()) : value;
  }

  private record(obj: ApiObject, { scope }: AppliedPolicy, decisions: readonly SeccompPolicyDecision[], warnings: readonly string[]): void {
    const before = this.decided.get(obj);
    this.decided.set(obj, { scope, decisions });
    if (before && JSON.stringify(before.decisions) === JSON.stringify(decisions)) return;
    decisions.forEach(decision => obj.node.addMetadata(METADATA, decision));
    warnings.forEach(warning => process.stderr.write(`warning: [${obj.node.path}] ${warning}\n`));
  }
}

/** What brings the profile to the nodes could not start before itself, and a probe tries other modes on purpose. */
function isExcluded(construct: IConstruct, { exclude, mode }: AppliedPolicy): boolean {
  const installer = mode._installer;
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (scope === installer || scope instanceof ThreadProbe || exclude.includes(scope)) return true;
  }
  return false;
}

function decisionOf({ outcome, reason, after, template }: ModeOutcome, obj: ApiObject): SeccompPolicyDecision {
  return {
    construct: obj.node.path,
    resource: `${obj.kind} ${obj.name}`,
    path: template.keys.join('.'),
    outcome: OUTCOMES[outcome],
    mode: text(after),
    reason,
  };
}

function onLabelledNodes({ outcome, template }: ModeOutcome, mode: SeccompMode): PodTemplate {
  const label = mode._nodeLabel;
  if (outcome !== 'set' || !label) return template;
  return { ...template, spec: { ...template.spec, affinity: requireNodeLabel(template.spec.affinity, label) } };
}
