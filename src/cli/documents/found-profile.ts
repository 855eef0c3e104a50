import { Range } from './located-document';
import { PiecePlaces } from './piece';
import { LocatedResource, resourcesIn } from './resources';
import type { ProfilePlace } from '../../manifests/checker';
import { ManifestProfile, profilesIn, readProfile } from '../../manifests/profiles';
import { resourceName, formatResource } from '../../manifests/resource';
import { InputError } from '../../private/errors';
import { JsonNode, keysOf } from '../../private/json';
import { Place } from '../input/lines';
import { TextFile } from '../input/text-file';

/** The range of a profile's text in its file, with a function that encodes another text for it. */
export interface ProfileSource {
  readonly range: Range;
  readonly write: (text: string) => string;
}

/** A profile and its place in a file. */
export class FoundProfile {
  /** Resource that holds it, such as `ConfigMap seccomp/profiles, app.json`; undefined if the file is the profile. */
  public readonly resource?: string;
  private read?: JsonNode | InputError;

  public constructor(public readonly file: TextFile, public readonly profile: ManifestProfile, private readonly located: LocatedResource) {
    const { keys } = profile;
    const [first, key] = keys;
    if (first !== undefined) this.resource = [formatResource(resourceName(located.value)), ...first === 'spec' ? [] : [key]].join(', ');
  }

  /** @throws if no node can read the profile */
  public get root(): JsonNode {
    const read = this.readOnce();
    if (!(read instanceof InputError)) return read;
    const { path = '', ...place } = read.location;
    throw this.file.error([this.resource, read.detail].filter(Boolean).join(': '), this.placeOf({ ...place, path }));
  }

  public get isReadable(): boolean {
    return !(this.readOnce() instanceof InputError);
  }

  /** Returns the place of a value in the file; the beginning of the profile, if it has no such value. */
  public readonly place = (path: string): Place => this.placeOf({ path, ...nodeAt(this.root, path)?.range });

  /** Returns the place in the file of a finding in the profile. */
  public placeOf(found: ProfilePlace): Place {
    const { line = 1, column = 1, length = 1 } = this.located.locate(this.profile.keys, { line: 1, column: 1, ...found });
    return { line, column, length };
  }

  /** Undefined if the file does not hold the profile as text, or the text cannot be replaced. */
  public get source(): ProfileSource | undefined {
    const { text, piece } = this.located.embedded(this.profile.keys) ?? {};
    if (!text?.write || !piece || this.profile.keys[0] === 'binaryData') return undefined;
    const places = new PiecePlaces(piece);
    const inFile = (offset: number) => {
      const { line, column } = places.place(offset);
      return this.file.lines.offset(line, column);
    };
    return { range: [inFile(text.range[0]), inFile(text.range[1])], write: text.write };
  }

  private readOnce(): JsonNode | InputError {
    this.read ??= attempt(() => readProfile(this.profile));
    return this.read;
  }
}

function attempt<T>(read: () => T): T | InputError {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Returns the value at a path. Names of fields match in any case, as in Go. */
function nodeAt(root: JsonNode, path: string): JsonNode | undefined {
  const isSameKey = (one: string | number, other: string | number) => String(one).toLowerCase() === String(other).toLowerCase();
  return keysOf(path).reduce<JsonNode | undefined>((node, key) => node?.children.find(([each]) => isSameKey(each, key))?.[1], root);
}

/**
 * Finds the profiles of a file: the file itself, or profiles in Kubernetes manifests. Reports what cannot be read; in files found in a directory only
 * if they mention seccomp actions.
 */
export function findProfiles(file: TextFile, report: (error: InputError) => void): FoundProfile[] {
  let isBroken = false;
  const reportHere = ({ detail, location }: InputError) => {
    if (file.isFound && !file.text.includes('SCMP_ACT_')) return;
    isBroken = true;
    report(file.error(detail, location));
  };
  const found = [...resourcesIn([file.text], file.path ?? '-', reportHere)]
    .flatMap(located => profilesIn(located.value, located.whole).map(profile => new FoundProfile(file, profile, located)));
  if (found.length === 0 && !file.isFound && !isBroken) {
    report(file.error('holds no seccomp profile, expected an OCI profile in JSON, or manifests with a ConfigMap or SeccompProfile that holds one'));
  }
  return found;
}
