import { compactCopy } from './compact-copy';
import { installersIn, Installer } from './installers';
import { PodSecurityLabels, podSecurityLabels } from './pod-security/labels';
import { operatorPaths } from './profiles';
import { ManifestResource, namespaceOf } from './resource';
import { threadsCannotStart } from '../lint/rules/threads-cannot-start';
import { InputError, show } from '../private/errors';
import { checkGlob, pathMatcher, uncleanPathPattern } from '../private/glob';

/** The part of a profile that is kept. */
export interface KnownProfile {
  /** Reasons why threads do not start under it; empty if they do. For several profiles at one place, the reasons of all of them. */
  readonly threads: readonly string[];
}

export interface ManifestSetOptions {
  /** Paths that are on the nodes although no manifest puts them there; globs with `*`, `?` and `**`. */
  readonly assumedProfiles?: readonly string[];
  /** Architectures of the nodes, if known. */
  readonly architectures?: readonly string[];
}

/** The facts from all resources together. It grows with installers, profiles and namespaces, not with the pods that use them. */
export class ManifestSet {
  /** Standards of the namespaces with Pod Security labels, by namespace. */
  public readonly namespaces = new Map<string, PodSecurityLabels[]>();
  /** Profiles of the Security Profiles Operator, by path. */
  public readonly operatorProfiles = new Map<string, KnownProfile>();
  public readonly architectures?: readonly string[];
  private readonly allInstallers: Installer[] = [];
  private readonly configMaps = new Map<string, KnownProfile>();
  private readonly owners = new Set<string>();
  private readonly assumed: readonly ((path: string) => boolean)[];

  public constructor({ assumedProfiles = [], architectures }: ManifestSetOptions = {}) {
    this.assumed = assumedProfiles.map(glob => pathMatcher(checkAssumed(glob)));
    this.architectures = architectures;
  }

  public add(resource: ManifestResource): void {
    const { kind, apiVersion, name, value, uid, pods, profiles } = resource;
    // Only resources from a cluster have a uid, by which the resources they own refer to them.
    if (uid && pods.length > 0) this.owners.add(compactCopy(uid));
    if (kind === 'Namespace' && apiVersion === 'v1') this.addNamespace(compactCopy(name), podSecurityLabels(value));
    this.allInstallers.push(...compactCopy(installersIn(resource)));
    if (profiles.length === 0) return;
    const id = `${namespaceOf(resource)}/${name}`;
    for (const { keys, findings } of profiles) {
      const threads = findings.filter(({ rule }) => rule === threadsCannotStart.id).map(({ message }) => message);
      if (kind === 'ConfigMap') this.addTo(this.configMaps, keyOf(id, keys[keys.length - 1]), threads);
      else operatorPaths(value).forEach(path => this.addTo(this.operatorProfiles, path, threads));
    }
  }

  /** Returns the profile in a key of a ConfigMap, which is given as `namespace/name`. */
  public inConfigMap(configMap: string, key: string): KnownProfile | undefined {
    return this.configMaps.get(keyOf(configMap, key));
  }

  /** True if the controller is in the set and has a pod template. */
  public hasOwner(controllerUid: string | undefined): boolean {
    return controllerUid !== undefined && this.owners.has(controllerUid);
  }

  /** Installers, without the pods of a DaemonSet that is in the set. */
  public get installers(): readonly Installer[] {
    return this.allInstallers.filter(({ controllerUid }) => !this.hasOwner(controllerUid));
  }

  public isAssumed(path: string): boolean {
    return this.assumed.some(each => each(path));
  }

  private addTo(profiles: Map<string, KnownProfile>, place: string, threads: readonly string[]): void {
    profiles.set(compactCopy(place), { threads: [...new Set([...profiles.get(place)?.threads ?? [], ...compactCopy(threads)])].sort() });
  }

  private addNamespace(name: string, labels: PodSecurityLabels): void {
    if ([labels.enforce, labels.warn, labels.audit].every(({ level }) => level === 'privileged')) return;
    this.namespaces.set(name, [...this.namespaces.get(name) ?? [], labels]);
  }
}

function keyOf(configMap: string, key: string): string {
  return `${configMap} ${key}`;
}

function checkAssumed(glob: string): string {
  checkGlob(glob, 'assumed profile path');
  if (new RegExp(uncleanPathPattern()).test(glob)) {
    throw new InputError(`assumed profile path ${show(glob)} can match no profile, expected a path below the kubelet's seccomp directory such as "profiles/*.json"`);
  }
  return glob;
}
