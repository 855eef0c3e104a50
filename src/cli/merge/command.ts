import { Command } from 'commander';
import { InputError } from '../../private/errors';
import { findOne, readStrictly } from '../documents/one-profile';
import { Io, Status } from '../io';

const HELP = `
By default the result lets through only what all of the profiles let through, which is what the kernel does when all of them are loaded: nothing that one
of them denies becomes possible. With --union it lets through what any of them does, as for one image that has the needs of several.

Examples:
  cdk8s-seccomp merge base.json team.json > both.json
  cdk8s-seccomp merge --union recorded-monday.json recorded-tuesday.json > recorded.json
`;

interface Flags {
  readonly union?: boolean;
  readonly intersect?: boolean;
}

export function merge(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  command
    .description('Make one profile of several and print it.')
    .argument('<files...>', 'profiles, or manifests with one profile each; - is standard input')
    .option('--intersect', 'let through what all of them let through (default)')
    .option('--union', 'let through what any of them lets through')
    .addHelpText('after', HELP);
  return (names, { union, intersect }) => {
    if (union && intersect) throw new InputError('--union and --intersect exclude each other, expected one of them');
    if (names.length < 2) throw new InputError('merge has one file, expected at least two');
    const profiles = names.map(name => readStrictly(findOne(name, io)));
    io.stdout(profiles.reduce((merged, next) => union ? merged.union(next) : merged.intersect(next)).toJson());
    return Status.CLEAN;
  };
}
