import { enumerate, groupBy, shorten } from '../../private/text';
import { abiWord } from '../../syscalls/abis';
import { MULTIPLEXED } from '../../syscalls/multiplexed';
import { LintSeverity } from '../finding';
import { isExecuted, withoutStub } from '../lint-context';
import { LintRule } from '../rule';

export const socketcallBypass: LintRule = {
  id: 'socketcall-bypass',
  severity: LintSeverity.WARNING,
  summary: 'socketcall or ipc does calls that are denied',
  why: 'On 32-bit x86, POWER and s390 one call stands for all socket calls, another for those of System V. Its arguments are in memory, '
    + 'where no filter sees them: a rule that lets it through lets them all through, and conditions on them do not hold.',
  fix: 'take socketcall and ipc out of the allowed calls, or leave the ABI out of the list',
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
      yield { path, message: `on ${enumerate([...new Set(group.map(({ abi }) => abiWord(abi)))])} ${call} does ${shorten(reached, 6)}, which ${reached.length > 1 ? 'are' : 'is'} denied or depend${reached.length > 1 ? '' : 's'} on arguments` };
    }
  },
};
