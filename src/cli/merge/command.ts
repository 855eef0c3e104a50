import { Command } from 'commander';
import { InputError } from '../../private/errors';
import { findOne, readStrictly } from '../documents/one-profile';
import { Io, Status } from '../io';

const HELP = `
By default the result allows only what all profiles allow, like a kernel that has loaded all of them: a call that one profile denies stays denied. With
--union it allows what any of the profiles allows, as for an image with the needs of several.

Examples:
  cdk8s-seccomp merge base.json team.json > both.json
  cdk8s-seccomp merge --union recorded-monday.json recorded-tuesday.json > recorded.json

Exit status: 0 done, 2 wrong usage or a file that cannot be read.
`;

interface Flags {
  readonly union?: boolean;
  readonly intersect?: boolean;
}

export function merge(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  command
    .description('Merge profiles into one and print it.')
    .argument('<files...>', 'profiles, or manifests with one profile each; - is standard input')
    .option('--intersect', 'allow what all profiles allow (default)')
    .option('--union', 'allow what any of the profiles allows')
    .addHelpText('after', HELP);
  return (names, { union, intersect }) => {
    if (union && intersect) throw new InputError('--union and --intersect exclude each other, expected one of them');
    if (names.length < 2) throw new InputError('merge got one file, expected at least two');
    const profiles = names.map(name => readStrictly(findOne(name, io)));
    io.stdout(profiles.reduce((merged, next) => union ? merged.union(next) : merged.intersect(next)).toJson());
    return Status.CLEAN;
  };
}
