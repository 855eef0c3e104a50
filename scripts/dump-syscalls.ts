/**
 * Prints what one libseccomp answers for every system call name and ABI, as data/syscalls/libseccomp-<version>.tsv holds it:
 *
 *   tsx scripts/dump-syscalls.ts <seccomp-syscalls.h> [resolver] > data/syscalls/libseccomp-<version>.tsv
 *
 * The header gives the names (take the newest one for every version, so that the files agree on what was asked),
 * the resolver is that version's `scmp_sys_resolver`.
 *
 * A row is missing where the library does not know the name, a column where it does not know the ABI. A cell is
 * the number, `-` where the ABI has no such call, or `ipc:395` where a rule for the name also covers a multiplexer
 * (`ipc:` alone: there is no direct call).
 */
import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { ABIS } from '../src/syscalls/abis';

const [header, resolver = 'scmp_sys_resolver'] = process.argv.slice(2);

/** The tool answers one question per process; a shell loop asks a thousand times faster than spawning from here. */
function ask(abi: string, questions: readonly (string | number)[], ...options: string[]): string[] {
  const loop = 'for question; do "$RESOLVER" $OPTIONS "$question" || echo refused; done';
  const answer = execFileSync('sh', ['-c', loop, 'sh', ...questions.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, RESOLVER: resolver, OPTIONS: ['-a', abi, ...options].join(' ') },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.trimEnd().split('\n');
}

const names = [...new Set(readFileSync(header, 'utf8').match(/(?<=\b__[SP]NR_)[a-z_]\w*/g))].sort();

/** A name's cell per ABI; no entry where the name is unknown. */
const cells = ABIS.map(abi => {
  const answers = ask(abi.tool, names);
  if (answers[0] === 'refused') {
    return undefined;
  }
  const translated = ask(abi.tool, names, '-t');
  // Names of multiplexed calls resolve to a pseudo number: their direct number is only found the other way round.
  const multiplexes = answers.some((answer, at) => answer !== translated[at]);
  const numbers = multiplexes ? Array.from({ length: 1024 }, (_, offset) => abi.base + offset) : [];
  const direct = new Map(ask(abi.tool, numbers).map((name, at) => [name, numbers[at]]));
  const multiplexers = new Map(['socketcall', 'ipc'].map(name => [String(direct.get(name)), name]));
  return names.map((name, at) => {
    if (answers[at] !== translated[at]) {
      return `${multiplexers.get(translated[at])}:${direct.get(name) ?? ''}`;
    }
    return answers[at] === '-1' ? undefined : answers[at].replace(/^-\d+$/, '-');
  });
});

const known = ABIS.map((abi, at) => ({ tool: abi.tool, column: cells[at] })).filter(({ column }) => column !== undefined);
console.log(['name', ...known.map(({ tool }) => tool)].join('\t'));
names.forEach((name, at) => {
  if (known.some(({ column }) => column![at] !== undefined)) {
    console.log([name, ...known.map(({ column }) => column![at] ?? '?')].join('\t'));
  }
});
