import { isAtLeast } from '../../src/private/version';
import { allNames, isKnown } from '../../src/syscalls/numbers';
import { sinceKernel } from '../../src/syscalls/since';
import { newerSpellings, SUCCESSOR_CHAINS as chains } from '../../src/syscalls/spellings';

test('names only known system calls, each once in a chain', () => {
  expect(chains.flat().filter(name => !isKnown(name))).toStrictEqual([]);
  expect(chains.filter(chain => chain.length < 2 || new Set(chain).size !== chain.length)).toStrictEqual([]);
});

test('runs from older to newer kernels', () => {
  const backwards = chains.filter(chain => chain.some((name, at) =>
    at > 0 && !isAtLeast(sinceKernel(name) ?? '2', sinceKernel(chain[at - 1]) ?? '2')));
  expect(backwards).toStrictEqual([]);
});

test('has no name that is newer than itself', () => {
  expect(chains.flat().filter(name => chains.some(chain => chain.includes(name) && newerSpellings(chain[chain.length - 1]).includes(name))))
    .toStrictEqual([]);
});

test('has a chain for every name that is another one with a suffix', () => {
  // dup chooses the new descriptor itself, so neither can do what the other does.
  const others = ['dup2'];
  const suffixed = allNames().filter(name => {
    const stem = name.replace(/(_time64|64|32|at2?|at|2)$/, '');
    return stem !== name && isKnown(stem) && !others.includes(name);
  });
  const newer = new Set(chains.flatMap(chain => chain.slice(1)));
  expect(suffixed.filter(name => !newer.has(name))).toStrictEqual([]);
});

test.each([
  ['open', ['openat', 'openat2']],
  ['clock_settime', ['clock_settime64']],
  ['futex', ['futex_time64', 'futex_waitv', 'futex_wait', 'futex_wake', 'futex_requeue']],
  ['stime', ['settimeofday', 'clock_settime', 'clock_settime64']],
  ['stat', ['stat64', 'newfstatat', 'statx', 'fstatat64']],
  ['execve', ['execveat']],
  ['clone', ['clone3']],
  ['clone3', []],
  ['no_such_call', []],
])('lists what came after %s', (name, newer) => {
  expect(newerSpellings(name).sort()).toStrictEqual([...newer].sort());
});
