import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { asWritten, withField } from './manifest-fields';
import { applyMode, ModeOutcome } from './pod-mode';
import { writeAfter } from './profiles-first';
import { SeccompPolicyDecision, SeccompPolicyOutcome } from './seccomp-policy-decision';
import { Synthesis } from './synthesis';
import { Fields, fields } from '../manifests/fields';
import { changePodTemplates, PodTemplate } from '../manifests/pod-templates';
import { InputError } from '../private/errors';
import { printWarning } from '../private/kube';
import { ThreadProbe } from '../troubleshooting/probe/thread-probe';
import { requireNodeLabel } from '../workloads/node-label';
import { SeccompMode } from '../workloads/seccomp-mode';

/** A mode and the scope that it applies to. */
export interface AppliedPolicy {
  readonly scope: IConstruct;
  readonly mode: SeccompMode;
  readonly override: boolean;
  readonly exclude: readonly IConstruct[];
}

interface Decided {
  readonly scope: IConstruct;
  readonly decisions: readonly SeccompPolicyDecision[];
}

const METADATA = 'cdk8s-seccomp/policy';
const OUTCOMES = { set: SeccompPolicyOutcome.SET, kept: SeccompPolicyOutcome.KEPT, skipped: SeccompPolicyOutcome.SKIPPED } as const;

/** Puts the modes of an app's policies on the pods of finished manifests. */
export class AppPolicy {
  private readonly policies = new Map<IConstruct, AppliedPolicy>();
  /** Last decisions, for the report and to print no warning twice; no manifest depends on them. */
  private readonly decided = new WeakMap<IConstruct, Decided>();
  /** The synthesis that is running. */
  private synthesis?: Synthesis;

  public constructor(private readonly app: IConstruct) {}

  /** @throws if the scope has a mode already */
  public add(policy: AppliedPolicy): void {
    const { node } = policy.scope;
    if (this.policies.has(policy.scope)) {
      throw new InputError(`${node.path || 'the app'} has a seccomp policy already, expected one per scope: apply the other to a scope below it`);
    }
    this.policies.set(policy.scope, policy);
  }

  /** True while charts are rendered. */
  public get isSynthesizing(): boolean {
    return this.synthesis !== undefined;
  }

  /** Renders charts as one synthesis; nothing is remembered after it returns or fails. */
  public synthesize<T>(charts: () => readonly Chart[], render: () => T): T {
    if (this.synthesis) return render();
    for (const { scope, mode } of this.policies.values()) {
      if (mode._installer) writeAfter(scope, mode._installer);
    }
    this.synthesis = new Synthesis(this.app, charts);
    try {
      return render();
    } finally {
      this.synthesis = undefined;
    }
  }

  /** Begins the synthesis, before its first file is written. */
  public begin(): void {
    this.synthesis?.begin();
  }

  /** Returns the manifest of an object, with its mode. */
  public render(object: ApiObject, render: () => Fields): Fields {
    this.begin();
    const secured = () => this.secured(object, render());
    return this.synthesis ? this.synthesis.take(object, secured) : secured();
  }

  /** Returns the decisions of a scope's policy, in the order of the app. */
  public decisionsOf(scope: IConstruct): SeccompPolicyDecision[] {
    return scope.node.findAll().flatMap(construct => {
      const decided = this.decided.get(construct);
      return decided?.scope === scope ? decided.decisions : [];
    });
  }

  private secured(object: ApiObject, manifest: Fields): Fields {
    const policy = this.policyFor(object);
    const decisions: SeccompPolicyDecision[] = [];
    const warnings: string[] = [];
    const changed = !policy ? manifest : changePodTemplates(manifest, template => {
      const { mode, override } = policy;
      const result = applyMode(template, { mode: mode._toKube(), override });
      decisions.push(decisionOf(result, object, manifest));
      result.weak.forEach(what => warnings.push(`${what} keeps seccompProfile Unconfined under the policy's ${mode}: remove it, or pass override`));
      return onLabelledNodes(result, mode);
    }) as Fields;
    this.record(object, policy && decisions.length > 0 ? { scope: policy.scope, decisions } : undefined, warnings);
    return changed;
  }

  /** Returns the nearest policy that does not exclude the construct. */
  private policyFor(construct: IConstruct): AppliedPolicy | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const policy = this.policies.get(scope);
      if (policy && !isExcluded(construct, policy)) return policy;
    }
    return undefined;
  }

  private record(object: ApiObject, decided: Decided | undefined, warnings: readonly string[]): void {
    const before = this.decided.get(object);
    if (!decided) {
      this.decided.delete(object);
      return;
    }
    this.decided.set(object, decided);
    if (before && JSON.stringify(before.decisions) === JSON.stringify(decided.decisions)) return;
    decided.decisions.forEach(decision => object.node.addMetadata(METADATA, decision));
    warnings.forEach(warning => printWarning(object.node.path, warning));
  }
}

/** True for excluded constructs, for the installer of the profile, which cannot wait for itself, and for probes, which try other modes on purpose. */
function isExcluded(construct: IConstruct, { exclude, mode }: AppliedPolicy): boolean {
  const installer = mode._installer;
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (scope === installer || scope instanceof ThreadProbe || exclude.includes(scope)) return true;
  }
  return false;
}

function decisionOf({ outcome, reason, after, template }: ModeOutcome, { node }: ApiObject, { kind, metadata }: Fields): SeccompPolicyDecision {
  return {
    construct: node.path,
    resource: `${String(kind)} ${String(fields(metadata).name)}`,
    path: template.keys.join('.'),
    outcome: OUTCOMES[outcome],
    mode: after,
    reason,
  };
}

function onLabelledNodes({ outcome, template }: ModeOutcome, mode: SeccompMode): PodTemplate {
  const label = mode._nodeLabel;
  if (outcome !== 'set' || !label) return template;
  const { spec } = template;
  return { ...template, spec: withField(spec, 'affinity', asWritten(requireNodeLabel(fields(spec.affinity), label))) };
}
