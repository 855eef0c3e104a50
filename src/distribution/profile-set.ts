import { createHash } from 'crypto';
import { SourceFile } from './content-named-config-maps';
import { ProfileVersioning } from './profile-versioning';
import { InputError, show } from '../private/errors';
import { documentKey, documentPath, keyStem } from '../private/installed-names';
import { checkLocalhostPath } from '../private/localhost-path';
import { SeccompProfile } from '../profile/seccomp-profile';

/** File with the digest of each document, as `sha256sum` prints it; with it the installer detects a damaged document. */
const DIGESTS = 'documents.sha256';

/** Maximum size of a ConfigMap, a limit of the API server. */
const MAX_BYTES = 1024 * 1024;

interface Entry {
  readonly profile: SeccompProfile;
  /** Path on the node. */
  readonly installedPath: string;
  /** One document for every node kind that the profile names. */
  readonly documents: readonly SourceFile[];
}

/** The profiles that one DaemonSet carries, each under its path on the node. */
export class ProfileSet {
  private readonly profiles = new Map<string, Entry>();

  public constructor(private readonly versioning: ProfileVersioning) {}

  public add(path: string, profile: SeccompProfile): void {
    checkInstallable(path);
    if (this.profiles.has(path)) {
      throw new InputError(`there is already a profile for ${show(path)}, expected one profile per path`);
    }
    const twin = this.paths.find(other => keyStem(other) === keyStem(path));
    if (twin) {
      throw new InputError(`paths ${show(twin)} and ${show(path)} become the same ConfigMap key ${show(keyStem(path))}, expected different keys: rename one of them`);
    }
    if (profile.nodes.length === 0) {
      throw new InputError(`the profile for ${show(path)} names no architecture of a node kind that Kubernetes supports, so no node could install it`);
    }
    const texts = profile.nodes.map((node): [string, string] => [node.label, profile.forNode(node).toJson()]);
    checkSizes(path, texts);
    const installedPath = this.versioning === ProfileVersioning.CONTENT_HASH ? withHash(path, digestOf(JSON.stringify(texts))) : path;
    const documents = texts.map(([node, text]) => (
      { key: documentKey({ path: installedPath, node }), path: documentPath({ path: installedPath, node }), text }));
    this.profiles.set(path, { profile, installedPath, documents });
  }

  /** Returns the profiles by the paths under which they were added. */
  public entries(): Array<[string, SeccompProfile]> {
    return [...this.profiles].map(([path, { profile }]) => [path, profile]);
  }

  public get paths(): string[] {
    return [...this.profiles.keys()];
  }

  public installedPath(path: string): string | undefined {
    return this.profiles.get(path)?.installedPath;
  }

  /** The file of digests, and then the documents. */
  public get files(): SourceFile[] {
    const documents = [...this.profiles.values()].flatMap(entry => entry.documents);
    return [{ key: DIGESTS, path: DIGESTS, text: documents.map(({ path, text }) => `${digestOf(text)}  ${path}\n`).join('') }, ...documents];
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `profiles/app.json` → `profiles/app-8d2c1f0a1b2c.json`. */
function withHash(path: string, digest: string): string {
  return `${path.slice(0, -'.json'.length)}-${digest.slice(0, 12)}.json`;
}

function checkSizes(path: string, texts: ReadonlyArray<[string, string]>): void {
  for (const [node, text] of texts) {
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_BYTES) {
      throw new InputError(`the document of ${show(path)} for ${node} has ${bytes} bytes, expected at most ${MAX_BYTES} (1 MiB), the limit of a ConfigMap`);
    }
  }
}

/** Checks a path more strictly than the API server: the installer is a shell script, and ConfigMap keys allow few characters. */
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
  if (path.length > 180) {
    throw new InputError(`localhost profile path ${show(path)} has ${path.length} characters, expected at most 180 so that its ConfigMap keys stay below 253`);
  }
}
