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
   * True to replace the modes that pods and containers set themselves. By default they are kept, with a warning on stderr for each Unconfined.
   *
   * @default false
   */
  readonly override?: boolean;

  /**
   * Constructs that the policy skips, with everything below them. The policy of a scope further out may apply to them.
   *
   * @default - none
   */
  readonly exclude?: IConstruct[];
}

/**
 * Gives one seccomp mode to every pod below a scope at synth, however it was made and whenever it was added: constructs of any version of cdk8s-plus,
 * L1 objects, `Include`, `Helm`, the items of a List, and pod templates inside custom resources.
 *
 * If several policies cover a pod, the nearest one applies. The mode is set on the pod and covers all containers without a mode of their own; deprecated
 * seccomp annotations become fields. Privileged and Windows pods are skipped, and so is the installer of the profile. The synth fails if the
 * `pod-security.kubernetes.io` labels of a Namespace in the app would refuse a pod for its seccomp profile.
 *
 * The mode is set on the rendered manifest of an ApiObject, after its JSON patches.
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
   * Returns the policy of a scope.
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
   * Returns a policy for the `resolvers` of an App: `new App({ resolvers: [SeccompPolicy.resolver(SeccompMode.RUNTIME_DEFAULT)] })`. It does the same as
   * `SeccompPolicy.of(app).apply(…)`; several Apps can share it.
   *
   * @param mode the mode of the pods
   * @param options constructs to skip, and whether to replace modes that are set already
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
   * @param mode the mode of the pods
   * @param options constructs to skip, and whether to replace modes that are set already
   * @returns this policy, for its report
   * @throws if the scope has a mode already
   */
  public apply(mode: SeccompMode, options: SeccompPolicyOptions = {}): SeccompPolicy {
    this.app.add({ scope: this.scope, ...checked(mode, options) });
    return this;
  }

  /**
   * Returns the decisions of the last synth, in the order of the app; empty before the first. They are also in the metadata of each construct, as
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
