import { check, OBJECT } from '../private/arguments';
import { InputError, show } from '../private/errors';

/**
 * Options of `GitOps.argoCd`.
 */
export interface ArgoCdOptions {
  /**
   * Sync wave of the DaemonSet and its other objects. It has to be lower than the wave of the workloads, which is 0 by default.
   *
   * @default -1
   */
  readonly syncWave?: number;
}

/**
 * Annotations for the GitOps tool that applies the manifests, so that it brings the profiles to the nodes before the workloads.
 */
export class GitOps {
  /**
   * Annotations for Argo CD: it applies the DaemonSet in an earlier sync wave, and the next wave when the DaemonSet is healthy, that is, when every node has
   * its profiles. It prunes the ConfigMaps of the previous release at the end of a sync.
   *
   * A node that is down keeps the DaemonSet unhealthy and stops the sync of the workloads. Waves count before kinds: a Namespace of the same Application
   * needs the annotation `argocd.argoproj.io/sync-wave` with an earlier wave, such as "-2".
   *
   * @param options the sync wave, if -1 does not fit
   * @throws if the sync wave is not an integer
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static argoCd(options: ArgoCdOptions = {}): GitOps {
    const { syncWave = -1 } = check(OBJECT, options, 'options');
    if (!Number.isInteger(syncWave)) throw new InputError(`syncWave ${show(syncWave)} is not an integer, expected one such as -1`);
    const wave = { 'argocd.argoproj.io/sync-wave': String(syncWave) };
    return new GitOps(wave, { ...wave, 'argocd.argoproj.io/sync-options': 'PruneLast=true' });
  }

  /**
   * Annotations for Flux: it keeps the ConfigMaps of previous releases, which it would otherwise delete while pods still mount them. Flux has no annotation
   * for an order: give the profiles a `Kustomization` of their own with `wait: true`, and name it in the `dependsOn` of the workloads' `Kustomization`.
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
