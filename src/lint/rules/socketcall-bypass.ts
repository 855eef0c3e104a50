import { enumerate, groupBy, shorten } from '../../private/text';
import { abiWord } from '../../syscalls/abis';
import { MULTIPLEXED } from '../../syscalls/multiplexed';
import { LintSeverity } from '../finding';
import { isExecuted, withoutStub } from '../lint-context';
import { LintRule } from '../rule';

export const socketcallBypass: LintRule = {
  id: 'socketcall-bypass',
  severity: LintSeverity.WARNING,
  summary: 'socketcall or ipc does the work of denied calls',
  why: 'On 32-bit x86, POWER and s390, socketcall stands for all socket calls and ipc for those of System V. Their arguments are in memory, where '
    + 'no filter sees them: a rule that allows one of the two allows all calls behind it, whatever the conditions on these.',
  fix: 'do not allow socketcall and ipc, or remove the ABI from the list',
  source: 'https://man7.org/linux/man-pages/man2/socketcall.2.html',
  *check({ nodes, newestRuntime }) {
    const runtime = withoutStub(newestRuntime);
    const found = nodes.flatMap(view => view.abis.flatMap(abi => ['socketcall', 'ipc'].map(call => {
      const decide = (name: string, args?: Map<number, bigint>) => view.decide(runtime, abi, name, args);
      const reached = [...MULTIPLEXED].filter(([name, multiplexed]) => multiplexed.call === call && !isExecuted(decide(name)) && decide(name)
        && isExecuted(decide(call, new Map([[0, BigInt(multiplexed.number)]])))).map(([name]) => name);
      return { abi, call, reached, path: decide(call)?.path ?? '' };
    }))).filter(({ reached }) => reached.length > 0);
    for (const group of groupBy(found, ({ call, reached }) => [call, ...reached].join())) {
      const [{ call, reached, path }] = group;
      yield { path, message: `on ${enumerate([...new Set(group.map(({ abi }) => abiWord(abi)))])} ${call} does the work of ${shorten(reached, 6)}, which ${reached.length > 1 ? 'are' : 'is'} denied or depend${reached.length > 1 ? '' : 's'} on arguments` };
    }
  },
};
