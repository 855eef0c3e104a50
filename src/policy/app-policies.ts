import { App, IResolver, ResolutionContext } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AppliedPolicy, AppPolicy } from './app-policy';
import { RenderingWatcher, watchObjectsOf, watchRendering } from './watched-methods';
import { Fields } from '../manifests/fields';
import { InputError } from '../private/errors';

/** Resolver that carries the policy of an App. It resolves nothing: the mode is put on finished manifests. */
export class PolicyResolver implements IResolver {
  public constructor(public readonly policy: Omit<AppliedPolicy, 'scope'>) {}

  public resolve(_context: ResolutionContext): void {}
}

const POLICIES = new WeakMap<IConstruct, AppPolicy>();

/** Returns the policies of an app; undefined if it has none. */
export function findAppPolicy(app: IConstruct): AppPolicy | undefined {
  const present = POLICIES.get(app);
  if (present) return present;
  const resolvers = app instanceof App ? app.resolvers.filter(each => each instanceof PolicyResolver) : [];
  return resolvers.length > 0 ? addAppPolicy(app, resolvers) : undefined;
}

/**
 * Returns the policies of an app, made empty if it has none yet.
 *
 * @throws if its cdk8s is too old
 */
export function appPolicyOf(app: App): AppPolicy {
  if (!Array.isArray(app.resolvers)) throw new InputError(tooOld());
  return findAppPolicy(app) ?? addAppPolicy(app, []);
}

function addAppPolicy(app: IConstruct, resolvers: readonly PolicyResolver[]): AppPolicy {
  const policy = new AppPolicy(app);
  resolvers.forEach(resolver => policy.add({ ...resolver.policy, scope: app }));
  POLICIES.set(app, policy);
  return policy;
}

/** Error text for a cdk8s whose App has no resolvers. */
export function tooOld(): string {
  const { version } = (App as unknown as Record<symbol, { readonly version?: string } | undefined>)[Symbol.for('jsii.rtti')] ?? {};
  return `cdk8s ${version ?? 'of an unknown version'} has no resolvers, expected 2.70.0 or later: upgrade cdk8s and cdk8s-plus first, then add the policy`;
}

const WATCHER: RenderingWatcher = {
  app(app, render) {
    const policy = findAppPolicy(app);
    if (!policy) return render();
    watchObjectsOf(app, WATCHER);
    return policy.synthesize(() => (app as App).charts, render);
  },
  chart(chart, render) {
    const policy = findAppPolicy(chart.node.root);
    if (!policy) return render();
    // In the synth of an app, its first chart begins the synthesis; for another chart this does nothing.
    policy.begin();
    if (!policy.isSynthesizing) watchObjectsOf(chart, WATCHER);
    return policy.synthesize(() => [chart], render);
  },
  object<T>(object: Parameters<RenderingWatcher['object']>[0], render: () => T): T {
    const policy = findAppPolicy(object.node.root);
    return policy ? policy.render(object, render as () => Fields) as T : render();
  },
};

/** Makes policies take part in everything that cdk8s renders from now on. */
export function watchApps(): void {
  watchRendering(WATCHER);
}
