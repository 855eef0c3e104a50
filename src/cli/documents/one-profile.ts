import { findProfiles, FoundProfile } from './found-profile';
import { InputError } from '../../private/errors';
import { readLeniently } from '../../profile/document/parse-leniently';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { readText } from '../input/text-file';
import { Io } from '../io';

/** Faults that make every node refuse a document. */
const FATAL = ['invalid-profile', 'invalid-errno', 'architecture-unknown-to-runtime', 'flag-unsupported-by-runtime'];

/** Returns the only profile of a file, which must be whole. */
export function findOne(name: string, io: Io): FoundProfile {
  const [found, ...others] = findProfiles(readText(name, io), error => { throw error; });
  const { file, resource, profile } = found;
  if (others.length > 0) {
    const resources = [found, ...others].map(each => each.resource).join('; ');
    throw new InputError(`holds ${others.length + 1} profiles, expected one: ${resources}`, { file: file.name });
  }
  if (profile.isPartial) {
    throw file.error(`${resource}: baseProfileName adds the rules of another profile, expected a whole profile: use the file that the operator wrote on a node`, found.place(''));
  }
  // Throws for a profile that cannot be read.
  return found.root && found;
}

/** Reads a profile as a node does, which ignores unknown fields. */
export function readAsNode(found: FoundProfile): SeccompProfile {
  const { file, root } = found;
  const { document, faults } = readLeniently(root);
  const docker = faults.find(({ rule }) => rule === 'docker-format');
  if (docker) {
    throw file.error(`${docker.message}; expand it first: cdk8s-seccomp for-node ${file.name} amd64`, found.place(docker.path));
  }
  const fatal = faults.find(({ rule }) => FATAL.includes(rule));
  if (fatal) throw file.error(fatal.message, found.place(fatal.path));
  return SeccompProfile._of(document!);
}

/** Reads a profile strictly: it is printed again, so nothing may be lost. */
export function readStrictly(profile: FoundProfile): SeccompProfile {
  return located(profile, value => SeccompProfile.fromJson(value));
}

/** Reads a profile's text; errors name the place in the file. */
export function located(profile: FoundProfile, read: (text: string) => SeccompProfile): SeccompProfile {
  try {
    return read(profile.profile.text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { path } = error.location;
    if (path === undefined) throw profile.file.error(error.detail);
    throw profile.file.error([path, error.detail].filter(Boolean).join(': '), profile.place(path));
  }
}
