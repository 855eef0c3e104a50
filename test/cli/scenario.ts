import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Io } from '../../src/cli/io';
import { run } from '../../src/cli/run';

/**
 * A run of the command in one readable file: sections begin with `==== name`. `file NAME` puts a file into an empty directory, `command` is
 * one line as a shell would read it, `stdin` goes to standard input; `stdout`, `stderr`, `status` and `after NAME` are what is expected, to
 * the letter. What is not expected has to be empty, the status 0.
 */
export interface Scenario {
  readonly title: string;
  readonly command: string;
  readonly stdin: string;
  readonly files: ReadonlyMap<string, string>;
  readonly expected: Outcome;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly after: Readonly<Record<string, string>>;
}

export function readScenario(path: string): Scenario {
  const [title, ...sections] = readFileSync(path, 'utf8').split(/^==== /m);
  const entries = sections.map(section => {
    const end = section.indexOf('\n');
    return [section.slice(0, end), section.slice(end + 1)] as const;
  });
  const find = (name: string) => entries.find(([key]) => key === name)?.[1] ?? '';
  const named = (kind: string) => entries.filter(([key]) => key.startsWith(`${kind} `)).map(([key, text]) => [key.slice(kind.length + 1), text] as const);
  const unknown = entries.filter(([key]) => !/^(command|stdin|stdout|stderr|status|(file|after) .+)$/.test(key));
  if (unknown.length > 0 || !find('command')) throw new Error(`${path}: ${unknown.length > 0 ? `unknown section ${unknown[0][0]}` : 'no command'}`);
  return {
    title: title.trim(),
    command: find('command').trim(),
    stdin: find('stdin'),
    files: new Map(named('file')),
    expected: { status: Number(find('status') || 0), stdout: find('stdout'), stderr: find('stderr'), after: Object.fromEntries(named('after')) },
  };
}

export function runScenario({ command, stdin, files, expected }: Scenario): Outcome {
  const directory = mkdtempSync(join(tmpdir(), 'scenario-'));
  try {
    for (const [name, text] of files) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
      chmodSync(join(directory, name), 0o640);
    }
    const outcome = execute(words(command), directory, { stdin: () => stdin });
    const after = Object.fromEntries(Object.keys(expected.after).map(name => [name, readFileSync(join(directory, name), 'utf8')]));
    return { ...outcome, after };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs the command in-process. */
export function execute(argv: readonly string[], cwd: string, io: Partial<Io> = {}): Omit<Outcome, 'after'> {
  let [stdout, stderr] = ['', ''];
  const status = run(argv, {
    stdin: () => '',
    stdout: text => { stdout += text; },
    stderr: text => { stderr += text; },
    isTTY: false,
    env: {},
    cwd,
    ...io,
  });
  return { status, stdout, stderr };
}

/** Single quotes keep spaces together. */
function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(1);
}
