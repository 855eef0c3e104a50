import { App } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { PolicyResolver } from './policy-resolver';
import { SeccompPolicyDecision } from './seccomp-policy-decision';
import { InputError, show } from '../private/errors';
import { SeccompMode } from '../workloads/seccomp-mode';

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
 * JSON patches of an ApiObject are applied after the policy.
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
   * @throws if the scope is in no App
   */
  public static of(scope: IConstruct): SeccompPolicy {
    let policy = POLICIES.get(scope);
    if (!policy) {
      policy = new SeccompPolicy(scope, resolverOf(scope));
      POLICIES.set(scope, policy);
    }
    return policy;
  }

  private isApplied = false;

  private constructor(private readonly scope: IConstruct, private readonly resolver: PolicyResolver) {}

  /**
   * Applies a mode to everything below the scope.
   *
   * @param mode what pods get
   * @param options what is left alone, and whether explicit modes are replaced
   * @throws if the scope has a mode already
   */
  public apply(mode: SeccompMode, options: SeccompPolicyOptions = {}): void {
    if (this.isApplied) {
      throw new InputError(`${this.scope.node.path || 'the app'} has a seccomp policy already, expected one per scope: apply the other to a scope below it`);
    }
    this.isApplied = true;
    this.resolver.add({ scope: this.scope, mode, override: options.override ?? false, exclude: options.exclude ?? [] });
  }

  /**
   * What the policy did in the last synth, in the order of the app; empty before it. The same is in the metadata of each construct, as
   * `cdk8s-seccomp/policy`.
   */
  public report(): SeccompPolicyDecision[] {
    return this.resolver.decisionsOf(this.scope);
  }
}

const POLICIES = new WeakMap<IConstruct, SeccompPolicy>();
const RESOLVERS = new WeakMap<App, PolicyResolver>();

function resolverOf(scope: IConstruct): PolicyResolver {
  if (!Construct.isConstruct(scope)) throw new InputError(`scope: expected a construct such as an App or a Chart, got ${show(scope)}`);
  const app = scope.node.root;
  if (!(app instanceof App)) throw new InputError(`${scope.node.path || 'the scope'} is in no App, expected a construct of one: its policies are applied when the App is synthesized`);
  const present = RESOLVERS.get(app);
  if (present) return present;
  const resolver = new PolicyResolver(app);
  RESOLVERS.set(app, resolver);
  return resolver;
}
