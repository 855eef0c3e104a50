import { readLogLine } from '../../../src/troubleshooting/probe/line';
import { ProbeTally } from '../../../src/troubleshooting/probe/report';
import { execute } from '../../cli/scenario';

const WORKING = { probe: 'thread-probe/1', node: 'node-1', mode: 'RuntimeDefault', seccomp: 2, thread: 'ok', verdict: 'works' };
const line = (changes: object = {}) => JSON.stringify({ ...WORKING, ...changes });

function reportOf(...lines: string[]) {
  const tally = new ProbeTally();
  lines.forEach(each => tally.add(each));
  return tally.report();
}

const said = (...lines: string[]) => reportOf(...lines).groups.map(({ id, isProblem, nodes }) => [id, isProblem, nodes.join()]);

describe('readLogLine', () => {
  const { probe, ...result } = WORKING;
  const source = { pod: 'thread-probe-x', container: 'runtime-default' };

  test.each<[string, string, object]>([
    ['a line alone', line(), { result, source: undefined }],
    ['a prefix', `[pod/thread-probe-x/runtime-default] ${line()}`, { result, source }],
    ['a prefix, a time and a carriage return', `[pod/thread-probe-x/runtime-default] 2026-01-02T10:00:00Z ${line()}\r`, { result, source }],
    ['values of other types as absent', line({ libc: null, kernel: 5, seccomp: 'x' }), { result: { node: 'node-1', mode: 'RuntimeDefault', thread: 'ok', verdict: 'works' }, source: undefined }],
    ['the beginning of a line', line().slice(0, -1), { isBroken: true, source: undefined }],
    ['the end of a line', 'k","unseen":["thread"],"verdict":"works"}', { isBroken: true }],
    ['no node', line({ node: '' }), { isBroken: true, source: undefined }],
    ['another version', line({ probe: 'thread-probe/2' }), { isBroken: true, source: undefined }],
    ['another JSON', '{"node":"node-1","verdict":"works"}', {}],
    ['nothing', '', {}],
    ['a container without a log', 'error: container "localhost-2" in pod "thread-probe-x" is waiting to start: CreateContainerError',
      { unstarted: { container: 'localhost-2', pod: 'thread-probe-x', reason: 'CreateContainerError' } }],
    ['a container without a log yet', 'container "a" in pod "b" is waiting to start - no logs yet', { unstarted: { container: 'a', pod: 'b', reason: 'no logs yet' } }],
  ])('reads %s', (_, text, expected) => {
    expect(readLogLine(text)).toStrictEqual(expected);
  });
});

test.each<[string, object, unknown[]]>([
  ['works', {}, []],
  ['falls-back', { verdict: 'falls-back' }, []],
  ['unfiltered', { mode: 'Unconfined', seccomp: 0, verdict: 'unfiltered' }, []],
  ['clone3-unused', { verdict: 'clone3-unused' }, [['clone3-unused', false, 'node-1']]],
  ['clone3-denied', { verdict: 'clone3-denied' }, [['clone3-denied', true, 'node-1']]],
  ['clone-denied', { verdict: 'clone-denied' }, [['clone-denied', true, 'node-1']]],
  ['killed', { verdict: 'killed' }, [['killed', true, 'node-1']]],
  ['pids-limit', { verdict: 'pids-limit' }, [['pids-limit', true, 'node-1']]],
  ['process-limit', { verdict: 'process-limit' }, [['process-limit', true, 'node-1']]],
  ['unseen-limit', { verdict: 'unseen-limit' }, [['unseen-limit', true, 'node-1']]],
  ['not-seccomp', { mode: 'Unconfined', seccomp: 0, verdict: 'not-seccomp' }, [['not-seccomp', true, 'node-1']]],
  ['undecided', { verdict: 'undecided' }, [['undecided', true, 'node-1']]],
  ['a verdict of a later version', { verdict: 'constructor' }, [['constructor', true, 'node-1']]],
  ['a mode without its filter', { seccomp: 0 }, [['no-filter', false, 'node-1']]],
  ['Unconfined with a filter', { mode: 'Unconfined' }, [['outer-filter', false, 'node-1']]],
])('says what is the matter: %s', (_, changes, expected) => {
  expect(said(line(changes))).toStrictEqual(expected);
});

test.each(['Unconfined', 'RuntimeDefault', 'Localhost profiles/a.json'])('gives a remedy that fits the mode: %s', mode => {
  const { says, remedy } = reportOf(line({ mode, seccomp: undefined, verdict: 'clone3-denied', clone3: 'EPERM' })).groups[0];
  expect({ says, remedy }).toMatchSnapshot();
});

test('takes the newest of several lines, by time or else by order', () => {
  const at = (time: string | undefined, verdict: string) => line({ time, verdict });
  expect(said(at('2026-01-02T10:00:00Z', 'killed'), at('2026-01-02T11:00:00Z', 'works'))).toStrictEqual([]);
  expect(said(at('2026-01-02T11:00:00Z', 'works'), at('2026-01-02T10:00:00Z', 'killed'))).toStrictEqual([]);
  expect(said(at(undefined, 'works'), at('2026-01-02T10:00:00Z', 'killed'))).toStrictEqual([['killed', true, 'node-1']]);
});

test('misses the modes that only other nodes have', () => {
  const lines = [line(), line({ node: 'node-2' }), line({ node: 'node-2', mode: 'Localhost a.json' })];
  expect(said(...lines)).toStrictEqual([['no-line', true, 'node-1']]);
  expect(reportOf(...lines)).toMatchObject({ nodes: 2, working: 1 });
});

test('tells a container that has not started once, and by its node', () => {
  const unstarted = 'error: container "localhost-2" in pod "p1" is waiting to start: CreateContainerError';
  const lines = [unstarted, `[pod/p1/runtime-default] ${line()}`, `[pod/p2/localhost-2] ${line({ node: 'node-2', mode: 'Localhost a.json' })}`];
  expect(said(...lines)).toStrictEqual([['not-started', true, 'node-1'], ['no-line', true, 'node-2']]);
});

test('counts 10,000 nodes in their groups, in chunks that end anywhere', () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => `node-${index}`);
  const lines = nodes.flatMap((node, index) => [
    line({ node, mode: 'Unconfined', seccomp: 0 }),
    line({ node, kernel: `5.10.${index % 7}`, verdict: index % 4 === 0 ? 'clone3-denied' : 'works', clone3: index % 4 === 0 ? 'EPERM' : 'EFAULT' }),
  ]);
  const log = Buffer.from(`${lines.join('\n')}\n\u00ff`, 'latin1');
  const stdinChunks = function* () {
    for (let at = 0; at < log.length; at += 65_521) yield log.subarray(at, at + 65_521);
  };
  const { status, stdout } = execute(['probe-report'], '.', { stdinChunks });
  expect(status).toBe(1);
  expect(stdout).toMatchSnapshot();
});

test('prints nothing that a terminal takes for a command', () => {
  const { stdout } = execute(['probe-report'], '.', { stdin: () => line({ node: '\u001b[2Jx', verdict: 'killed', thread: 'SIG\u0007', mode: 'a\u009bb' }) });
  // eslint-disable-next-line no-control-regex
  expect(stdout.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(stdout).toContain('·[2Jx');
});
