import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands';
import { Io, Status } from './io';
import { InputError } from '../private/errors';

const DESCRIPTION = 'Says what a node makes of a seccomp profile: what is wrong with it, what it answers to a system call, whether threads start under it.';
const EXAMPLES = `
Examples:
  cdk8s-seccomp lint profile.json                    what is wrong with it, and what to do
  cdk8s-seccomp lint deploy/                         every profile in a directory, also those inside of ConfigMaps
  helm template . | cdk8s-seccomp check -            whether the pods in manifests get the profiles that they name
  cdk8s-seccomp explain profile.json clone3          what a node answers to a call, and why
  cdk8s-seccomp for-node profile.json arm64          the document that an arm64 node can load

Exit status: 0 all is well, 1 something was found, 2 wrong usage or nothing to read.
`;

/**
 * The command, but for the process around it.
 *
 * @param argv what follows the command's name
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
    .helpOption('-h, --help', 'print this')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXAMPLES);
  for (const { name, usage, summary, load } of COMMANDS) {
    const command = root.command(name).summary(summary).usage(usage).helpOption('-h, --help', 'print this');
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
