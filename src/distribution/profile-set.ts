import { createHash } from 'crypto';
import { InputError, show } from '../private/errors';
import { checkLocalhostPath } from '../private/localhost-path';
import { SeccompProfile } from '../profile/seccomp-profile';

/** What the installer tells a damaged document by: the digest of each, as `sha256sum` prints it. */
const DIGESTS = 'documents.sha256';

/** Where the installer finds one file of its source: a key of the ConfigMap, mounted at a path. */
export interface NodeDocument {
  readonly key: string;
  readonly path: string;
  readonly text: string;
}

/** The profiles that one DaemonSet carries, each under its path on the node. */
export class ProfileSet {
  private readonly profiles = new Map<string, SeccompProfile>();

  public add(path: string, profile: SeccompProfile): void {
    checkInstallable(path);
    if (this.profiles.has(path)) {
      throw new InputError(`there is already a profile for ${show(path)}, expected one profile per path`);
    }
    const twin = this.paths.find(other => keyOf(other) === keyOf(path));
    if (twin) {
      throw new InputError(`paths ${show(twin)} and ${show(path)} become the same ConfigMap key ${show(keyOf(path))}, rename one of them`);
    }
    if (profile.nodes.length === 0) {
      throw new InputError(`the profile for ${show(path)} names no architecture of any node that Kubernetes knows, no node could install it`);
    }
    this.profiles.set(path, profile);
  }

  public entries(): Iterable<[string, SeccompProfile]> {
    return this.profiles.entries();
  }

  public get paths(): string[] {
    return [...this.profiles.keys()];
  }

  public has(path: string): boolean {
    return this.profiles.has(path);
  }

  /** One document for every kind of node that a profile names, and their digests. */
  public get documents(): NodeDocument[] {
    const documents = [...this.profiles].flatMap(([path, profile]) => profile.nodes.map(node => ({
      key: `${keyOf(path)}.${node.label}.json`,
      path: `documents/${path}/${node.label}.json`,
      text: profile.forNode(node).toJson(),
    })));
    return [...documents, { key: DIGESTS, path: DIGESTS, text: documents.map(digestLine).join('') }];
  }
}

/** Changes with whatever a node would install, and with nothing else. */
export function contentHash(data: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(Object.entries(data).sort())).digest('hex');
}

function digestLine({ path, text }: NodeDocument): string {
  return `${createHash('sha256').update(text).digest('hex')}  ${path}\n`;
}

/** `profiles/mindie/x.json` → `profiles.mindie.x`. */
function keyOf(path: string): string {
  return path.slice(0, -'.json'.length).replace(/\//g, '.');
}

/** The installer is a shell script and ConfigMap keys know few characters. */
function checkInstallable(path: string): void {
  checkLocalhostPath(path);
  if (!/^[A-Za-z0-9._/-]+$/.test(path)) {
    throw new InputError(`localhost profile path ${show(path)} has a character that cannot be installed, expected only letters, digits, ".", "_", "-" and "/"`);
  }
  if (path.split('/').some(segment => /^[.-]/.test(segment))) {
    throw new InputError(`localhost profile path ${show(path)} has a segment that begins with "." or "-", expected a letter, a digit or "_" there`);
  }
  if (path.split('/').slice(0, -1).some(segment => segment.endsWith('.json'))) {
    throw new InputError(`localhost profile path ${show(path)} has a directory named like a profile, expected ".json" only at the end`);
  }
  if (path.length > 200) {
    throw new InputError(`localhost profile path ${show(path)} has ${path.length} characters, expected at most 200 so that its ConfigMap keys stay below 253`);
  }
}
