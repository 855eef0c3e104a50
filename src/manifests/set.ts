import { compactCopy } from './compact-copy';
import { installersIn, Installer } from './installers';
import { PodSecurityLabels, podSecurityLabels } from './pod-security/labels';
import { operatorPaths } from './profiles';
import { ManifestResource, namespaceOf } from './resource';
import { threadsCannotStart } from '../lint/rules/threads-cannot-start';
import { InputError, show } from '../private/errors';
import { checkGlob, pathMatcher, uncleanPathPattern } from '../private/glob';

/** What is kept of a profile. */
export interface KnownProfile {
  /** Why threads do not start under it; empty if they do. Of several at one place, what is said about any of them. */
  readonly threads: readonly string[];
}

export interface ManifestSetOptions {
  /** Paths that are on the nodes though no manifest says so; a glob with `*`, `?` and `**`. */
  readonly assumedProfiles?: readonly string[];
  /** Architectures of the nodes, if they are known. */
  readonly architectures?: readonly string[];
}

/** What matters of all resources together. It grows with what distributes profiles and with namespaces, not with what uses them. */
export class ManifestSet {
  /** What the namespaces that have Pod Security labels ask for, by their names. */
  public readonly namespaces = new Map<string, PodSecurityLabels[]>();
  /** The profiles of the Security Profiles Operator, by their paths. */
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
    // What has a uid comes from a cluster, where owners are named by theirs.
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

  /** The profile in a key of a ConfigMap, which is named with its namespace. */
  public inConfigMap(configMap: string, key: string): KnownProfile | undefined {
    return this.configMaps.get(keyOf(configMap, key));
  }

  /** Whether something with a pod template of its own makes and keeps what has this for its controller. */
  public hasOwner(controllerUid: string | undefined): boolean {
    return controllerUid !== undefined && this.owners.has(controllerUid);
  }

  /** Not the pods of a DaemonSet that is there itself. */
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
    throw new InputError(`assumed profile path ${show(glob)} can match none, expected a path below the kubelet's seccomp directory such as "profiles/*.json"`);
  }
  return glob;
}
