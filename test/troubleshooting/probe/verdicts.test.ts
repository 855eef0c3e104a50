import { readFileSync } from 'fs';
import { statementsOf } from '../../../src/troubleshooting/probe/verdicts';

const VERDICTS = [
  'clone-denied', 'clone3-denied', 'clone3-unused', 'falls-back', 'killed', 'not-seccomp', 'pids-limit', 'process-limit', 'undecided', 'unfiltered', 'unseen-limit',
  'works',
];

/** Every word of a script that stands where a verdict does. */
function verdictsOf(script: string): string[] {
  const text = readFileSync(`assets/${script}`, 'utf8');
  const shell = [...text.matchAll(/verdict='?([a-z0-9-]+)/g)].map(([, verdict]) => verdict);
  const begin = text.indexOf('def verdict(');
  const python = begin < 0 ? '' : text.slice(begin, text.indexOf('def is_reached('));
  const quoted = [...python.matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)*)"/g)].map(([, word]) => word);
  const facts = ['thread', 'clone3', 'clone', 'libc', 'musl', 'ok', 'seccomp', 'pids', 'hits', 'uid', 'nproc'];
  return [...new Set([...shell, ...quoted.filter(word => !facts.includes(word))])].sort();
}

test('knows the verdicts of both scripts', () => {
  expect([...new Set([...verdictsOf('thread-probe.py'), ...verdictsOf('thread-probe.sh')])].sort()).toStrictEqual(VERDICTS);
  for (const verdict of VERDICTS) {
    const statements = statementsOf({ node: 'n', mode: 'RuntimeDefault', seccomp: 2, verdict });
    expect(statements.map(({ says }) => says).join()).not.toContain('unknown verdict');
  }
});

test('says so of a verdict that it does not know', () => {
  expect(statementsOf({ node: 'n', mode: 'RuntimeDefault', seccomp: 2, verdict: 'toString' })).toStrictEqual([{
    id: 'toString', mode: 'RuntimeDefault', says: 'RuntimeDefault has the unknown verdict toString', remedy: 'use the version of cdk8s-seccomp that made the probe', isProblem: true,
  }]);
});
