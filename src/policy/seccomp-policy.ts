import * as cdk8s from 'cdk8s';
import { App, IResolver } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { appPolicyOf, PolicyResolver, tooOld, watchApps } from './app-policies';
import { AppliedPolicy, AppPolicy } from './app-policy';
import { SeccompPolicyDecision } from './seccomp-policy-decision';
import { check, FLAG, listOf, optional, Shape, structOf } from '../private/arguments';
import { InputError, show } from '../private/errors';
import { SeccompMode } from '../workloads/seccomp-mode';
import { asSeccompMode } from '../workloads/seccomp-mode-argument';

/**
 * Options of `SeccompPolicy.apply`.
 */
export interface SeccompPolicyOptions {
  /**
   * Whether the mode replaces what pods and containers say themselves. Without it what is explicit stays, and where that is Unconfined, a warning is
   * printed to stderr.
   *
   * @default false
   */
  readonly override?: boolean;

  /**
   * Constructs that the policy leaves alone, with all that is below them. A policy further out may apply to them.
   *
   * @default - none
   */
  readonly exclude?: IConstruct[];
}

/**
 * Gives one seccomp mode to every pod below a scope at synth, whoever made it and whenever it was added: constructs of any version of cdk8s-plus, L1 objects, `Include`, `Helm`, the
 * items of a List, and pod templates inside of custom resources.
 *
 * Of several policies the nearest one applies. The mode is put on the pod, where it covers all containers that have none of their own; deprecated seccomp
 * annotations become fields. Privileged and Windows pods are left alone, and so is what brings the profile to the nodes. Pods that a Namespace of the app
 * would refuse for their seccomp profile, by its `pod-security.kubernetes.io` labels, fail the synth.
 *
 * The mode is put on what an ApiObject has rendered, its JSON patches included.
 *
 * @example
 * import { App } from 'cdk8s';
 * import { SeccompMode, SeccompPolicy } from 'cdk8s-seccomp';
 *
 * const app = new App();
 * SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
 */
export class SeccompPolicy {
  /**
   * The policy of a scope.
   *
   * @param scope an App, a Chart or any other construct of an App
   * @throws if the scope is in no App, or its cdk8s is too old
   */
  public static of(scope: IConstruct): SeccompPolicy {
    CONSTRUCT(scope, 'scope');
    const app = scope.node.root;
    if (!(app instanceof App)) throw new InputError(`${scope.node.path || 'the scope'} is in no App, expected a construct of one: its policies are applied when the App is synthesized`);
    const present = POLICIES.get(scope);
    if (present) return present;
    const policy = new SeccompPolicy(scope, appPolicyOf(app));
    POLICIES.set(scope, policy);
    watchApps();
    return policy;
  }

  /**
   * A policy for the properties of an App, which several Apps can share: `new App({ resolvers: [SeccompPolicy.resolver(SeccompMode.RUNTIME_DEFAULT)] })`.
   * It does the same as `SeccompPolicy.of(app).apply(…)` for each of them.
   *
   * @param mode what pods get
   * @param options what is left alone, and whether explicit modes are replaced
   * @throws if cdk8s is too old
   */
  public static resolver(mode: SeccompMode, options: SeccompPolicyOptions = {}): IResolver {
    if (!cdk8s.ResolutionContext) throw new InputError(tooOld());
    watchApps();
    return new PolicyResolver(checked(mode, options));
  }

  private constructor(private readonly scope: IConstruct, private readonly app: AppPolicy) {}

  /**
   * Applies a mode to everything below the scope.
   *
   * @param mode what pods get
   * @param options what is left alone, and whether explicit modes are replaced
   * @returns this policy, which has the report
   * @throws if the scope has a mode already
   */
  public apply(mode: SeccompMode, options: SeccompPolicyOptions = {}): SeccompPolicy {
    this.app.add({ scope: this.scope, ...checked(mode, options) });
    return this;
  }

  /**
   * What the policy did in the last synth, in the order of the app; empty before it. The same is in the metadata of each construct, as
   * `cdk8s-seccomp/policy`.
   */
  public report(): SeccompPolicyDecision[] {
    return this.app.decisionsOf(this.scope);
  }
}

const POLICIES = new WeakMap<IConstruct, SeccompPolicy>();

const CONSTRUCT: Shape = (value, name) => {
  if (!Construct.isConstruct(value)) throw new InputError(`${name}: expected a construct such as an App or a Chart, got ${show(value)}`);
};
const OPTIONS = structOf({ override: optional(FLAG), exclude: optional(listOf(CONSTRUCT)) });

function checked(mode: unknown, options: SeccompPolicyOptions): Omit<AppliedPolicy, 'scope'> {
  const { override = false, exclude = [] } = check(OPTIONS, options, 'options');
  return { mode: asSeccompMode(mode), override, exclude };
}
