import { execFileSync } from 'child_process';
import { join } from 'path';
import { isAtLeast } from '../../src/private/version';
import { Abi, ABIS } from '../../src/syscalls/abis';
import { isMultiplexed, MULTIPLEXED } from '../../src/syscalls/multiplexed';
import { allNames, nameOf, numberOf } from '../../src/syscalls/numbers';
import { knownTo } from '../../src/syscalls/since';

const LIMIT_MS = 60_000;

/** Where libseccomp is wrong or was, as `ABI name`. */
const FAULTS = new Set([
  // The kernel has the number for 32-bit programs only, which libseccomp says from 2.6.1 on.
  'parisc64 _llseek',
  // Both have one pseudo number, so on another machine than POWER one is taken for the other.
  ...['ppc', 'ppc64', 'ppc64le'].flatMap(tool => [`${tool} switch_endian`, `${tool} sys_debug_setcontext`]),
]);

function run(command: string, args: readonly string[], input = ''): string {
  return execFileSync(command, args, { encoding: 'utf8', input, timeout: LIMIT_MS, maxBuffer: 100_000_000, stdio: ['pipe', 'pipe', 'ignore'] });
}

/** One process per question, in one shell: what the tool prints for each, or nothing if it does not know the ABI. */
function ask({ tool }: Abi, questions: readonly (string | number)[]): string[] {
  const loop = 'abi=$1; shift; for question; do scmp_sys_resolver -a "$abi" "$question" || echo; done';
  return run('sh', ['-c', loop, 'sh', tool, ...questions.map(String)]).split('\n').slice(0, -1);
}

const VERSION = run('dpkg-query', ['--show', '--showformat', '${Version}', 'libseccomp2']);
const ABIS_HERE = ABIS.filter(abi => ask(abi, ['read'])[0] !== '');

test('asks a tool that knows the ABIs of its release', () => {
  expect(ABIS_HERE).toStrictEqual(ABIS.filter(({ sinceLibseccomp: since = VERSION }) => isAtLeast(VERSION, since)));
});

/** A distribution may add names to an older release, never drop or renumber one. */
const mayLack = (name: string, abi: string) => !knownTo(VERSION, name, abi);

test.each(ABIS_HERE.map(abi => [abi.tool, abi] as const))('has the numbers that scmp_sys_resolver has for %s', (_, abi) => {
  const wrong = ask(abi, allNames()).map((answer, at) => {
    const name = allNames()[at];
    const own = numberOf(abi.name, name);
    // A multiplexed name resolves to a negative number even where there is a direct call, as does a name that the ABI has not.
    const expected = isMultiplexed(VERSION, name, abi.name) ? undefined : own;
    const actual = Number(answer) >= 0 ? Number(answer) : undefined;
    const right = actual === expected || (actual === undefined && mayLack(name, abi.name)) || FAULTS.has(`${abi.tool} ${name}`);
    return right ? [] : [`${name} ${answer} ${own}`];
  });
  expect(wrong.flat()).toStrictEqual([]);
}, LIMIT_MS);

test.each(ABIS_HERE.map(abi => [abi.tool, abi] as const))('has the names that scmp_sys_resolver has for the numbers of %s', (_, abi) => {
  const numbers = Array.from({ length: 600 }, (_none, offset) => abi.base + offset);
  const wrong = ask(abi, numbers).map((answer, at) => {
    const own = nameOf(abi.name, numbers[at]);
    const actual = answer === 'UNKNOWN' ? undefined : answer;
    const right = actual === own || (actual === undefined && mayLack(own!, abi.name)) || FAULTS.has(`${abi.tool} ${answer}`);
    return right ? [] : [`${numbers[at]} ${answer} ${own}`];
  });
  expect(wrong.flat()).toStrictEqual([]);
}, LIMIT_MS);

test('foresees the rules that libseccomp makes of one rule for each name', () => {
  const probe = join(__dirname, 'probes', 'rules.py');
  const made: Record<string, Record<string, [number, string[]][]>> = JSON.parse(
    run('/usr/bin/python3', ['-I', probe, ...ABIS_HERE.map(({ tool }) => tool)], allNames().join(' ')));

  const wrong = ABIS_HERE.flatMap(abi => Object.entries(made[abi.tool]).flatMap(([name, rules]) => {
    // Pseudo numbers may appear as such: no program can call them.
    const actual = JSON.stringify(rules.filter(([number]) => number < 2 ** 31).sort(([one], [other]) => one - other));
    const passedOver = actual === '[]' && mayLack(name, abi.name) && !isMultiplexed(VERSION, name, abi.name);
    const right = actual === JSON.stringify(foreseen(abi, name)) || passedOver || FAULTS.has(`${abi.tool} ${name}`);
    return right ? [] : [`${abi.tool} ${name} ${actual}`];
  }));
  expect(wrong).toStrictEqual([]);
  expect(Object.keys(made.x86_64).length).toBeGreaterThan(450);
}, LIMIT_MS);

function foreseen({ name: abi, pointerBits }: Abi, name: string): [number, string[]][] {
  const direct = numberOf(abi, name);
  const rules: [number, string[]][] = direct === undefined ? [] : [[direct, []]];
  if (isMultiplexed(VERSION, name, abi)) {
    const { call, number } = MULTIPLEXED.get(name)!;
    rules.push([numberOf(abi, call)!, pointerBits === 64 ? ['$a0.hi32 == 0', `$a0.lo32 == ${number}`] : [`$a0 == ${number}`]]);
  }
  return rules.sort(([one], [other]) => one - other);
}
