import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands';
import { Io, Status } from './io';
import { InputError } from '../private/errors';

const DESCRIPTION = 'Find faults in seccomp profiles and manifests, explain what nodes answer to system calls, and diagnose errors in logs.';
const EXAMPLES = `
Examples:
  cdk8s-seccomp lint profile.json                    find faults and their fixes
  cdk8s-seccomp lint deploy/                         lint every profile in a directory, also in ConfigMaps
  helm template . | cdk8s-seccomp check -            check that pods get the profiles that they name
  cdk8s-seccomp explain profile.json clone3          show what a node answers to a call, and why
  cdk8s-seccomp for-node profile.json arm64          print the document that an arm64 node can load

Exit status: 0 nothing was found, 1 something was found, 2 wrong usage or a file that cannot be read, 70 internal error.
`;

/**
 * Runs the command within the given environment.
 *
 * @param argv arguments after the command's name
 * @returns the exit status
 */
export function run(argv: readonly string[], io: Io): number {
  let status: number = Status.CLEAN;
  try {
    program(argv, io, result => { status = result; }).parse([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Status.CLEAN : Status.USAGE;
    if (error instanceof InputError) {
      io.stderr(`cdk8s-seccomp: ${error.message}\n`);
      return Status.USAGE;
    }
    io.stderr(`cdk8s-seccomp: internal error, please report it\n${(error as Error).stack}\n`);
    return Status.INTERNAL;
  }
}

function program(argv: readonly string[], io: Io, end: (status: Status) => void): Command {
  const root = new Command('cdk8s-seccomp')
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: (text, write) => write(`cdk8s-seccomp: ${oneLine(text)}\n`),
      getOutHelpWidth: () => io.columns ?? 120,
      getErrHelpWidth: () => io.columns ?? 120,
      getOutHasColors: () => io.isTTY,
      getErrHasColors: () => io.isTTY,
    })
    .configureHelp({ subcommandTerm: command => [command.name(), command.usage()].join(' ').trim() })
    .description(DESCRIPTION)
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXAMPLES);
  for (const { name, usage, summary, load } of COMMANDS) {
    const command = root.command(name).summary(summary).usage(usage).helpOption('-h, --help', 'print this help');
    if (argv.includes(name)) {
      const act = load()(command, io);
      command.action((...args: unknown[]) => end(act(...args)));
    }
  }
  return root;
}

/** `error: unknown option '--fxi'\n(Did you mean --fix?)` → `unknown option '--fxi' (did you mean --fix?)`. */
function oneLine(text: string): string {
  return text.trim().replace(/^error: /, '').replace(/\n\(D/g, ' (d').replace('. Allowed choices are', ', expected one of').replace(/\.$/, '');
}

function version(): string {
  return (require('../../package.json') as { version: string }).version;
}
