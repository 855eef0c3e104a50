import { check, OBJECT } from '../private/arguments';
import { InputError, show } from '../private/errors';

/**
 * Options of `GitOps.argoCd`.
 */
export interface ArgoCdOptions {
  /**
   * Sync wave of the DaemonSet and what belongs to it. It has to be below that of the workloads, which is 0 unless they say otherwise.
   *
   * @default -1
   */
  readonly syncWave?: number;
}

/**
 * Annotations for the tool that brings the manifests to the cluster, so that it has the profiles on the nodes before the workloads come.
 */
export class GitOps {
  /**
   * Argo CD: applies the DaemonSet in an earlier sync wave, and the next wave when it is healthy, which is when every node has its profiles. ConfigMaps
   * of the release before are pruned at the end of a sync.
   *
   * A node that is down keeps the DaemonSet from being healthy, and so the workloads from being synced. Waves count before kinds: a Namespace of the
   * same Application needs the annotation `argocd.argoproj.io/sync-wave` with an earlier one, such as "-2".
   *
   * @param options the sync wave, where -1 does not fit
   * @throws if the sync wave is not an integer
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static argoCd(options: ArgoCdOptions = {}): GitOps {
    const { syncWave = -1 } = check(OBJECT, options, 'options');
    if (!Number.isInteger(syncWave)) throw new InputError(`syncWave ${show(syncWave)} is not an integer`);
    const wave = { 'argocd.argoproj.io/sync-wave': String(syncWave) };
    return new GitOps(wave, { ...wave, 'argocd.argoproj.io/sync-options': 'PruneLast=true' });
  }

  /**
   * Flux: keeps the ConfigMaps of releases before, which it would otherwise delete while pods still mount them. It has no annotation for an order:
   * give the profiles a `Kustomization` of their own with `wait: true`, and that of the workloads a `dependsOn` with its name.
   *
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
   */
  public static flux(): GitOps {
    return new GitOps({}, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
  }

  private constructor(
    /** @internal */
    public readonly _annotations: { [name: string]: string },
    /** @internal */
    public readonly _configMapAnnotations: { [name: string]: string },
  ) {}
}
