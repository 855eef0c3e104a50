import { App, IResolver, ResolutionContext } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AppliedPolicy, AppPolicy } from './app-policy';
import { RenderingWatcher, watchObjectsOf, watchRendering } from './watched-methods';
import { Fields } from '../manifests/fields';
import { InputError } from '../private/errors';

/** Stands among the resolvers of an App, and says which mode it has. It resolves nothing: the mode is put on finished manifests. */
export class PolicyResolver implements IResolver {
  public constructor(public readonly policy: Omit<AppliedPolicy, 'scope'>) {}

  public resolve(_context: ResolutionContext): void {}
}

const POLICIES = new WeakMap<IConstruct, AppPolicy>();

/** The policies of an app; undefined if it has none. */
export function findAppPolicy(app: IConstruct): AppPolicy | undefined {
  const present = POLICIES.get(app);
  if (present) return present;
  const resolvers = app instanceof App ? app.resolvers.filter(each => each instanceof PolicyResolver) : [];
  return resolvers.length > 0 ? addAppPolicy(app, resolvers) : undefined;
}

/**
 * The policies of an app, which may still be none.
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

/** What an App of a version without resolvers would ignore. */
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
    // As a part of its app, it is the first that is rendered, or another one.
    policy.begin();
    if (!policy.isSynthesizing) watchObjectsOf(chart, WATCHER);
    return policy.synthesize(() => [chart], render);
  },
  object<T>(object: Parameters<RenderingWatcher['object']>[0], render: () => T): T {
    const policy = findAppPolicy(object.node.root);
    return policy ? policy.render(object, render as () => Fields) as T : render();
  },
};

/** Has policies take part in what cdk8s renders from now on. */
export function watchApps(): void {
  watchRendering(WATCHER);
}
