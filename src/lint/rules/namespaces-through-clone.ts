import { enumerate, groupBy } from '../../private/text';
import { cloneFlagsArgument } from '../../syscalls/abis';
import { LintSeverity } from '../finding';
import { isDenied, isExecuted } from '../lint-context';
import { LintRule } from '../rule';

export const namespacesThroughClone: LintRule = {
  id: 'namespaces-through-clone',
  severity: LintSeverity.WARNING,
  summary: 'namespaces that clone or clone3 can still create',
  why: 'clone with CLONE_NEWUSER creates the same user namespace as unshare: a process without capabilities gets all of them inside it, and can '
    + 'then mount and reach more kernel code. The flags of clone3 are in memory, where no filter sees them.',
  fix: 'answer clone3 with ENOSYS (38), so that glibc falls back to clone, and deny clone with any of the CLONE_NEW* flags: '
    + 'MindieProfile.hardened()',
  source: 'https://man7.org/linux/man-pages/man2/clone.2.html',
  *check({ nodes, newestRuntime, isDenylist }) {
    const found = nodes.flatMap(view => {
      const decide = (name: string, args?: Map<number, bigint>) => view.decide(newestRuntime, view.native, name, args);
      const denied = ['unshare', 'setns'].filter(name => isDenied(decide(name)));
      const flags = new Map([[cloneFlagsArgument(view.native), CLONE_NEWUSER]]);
      const open = [...isExecuted(decide('clone', flags)) ? ['clone'] : [], ...isExecuted(decide('clone3')) ? ['clone3'] : []];
      return denied.includes('unshare') && open.length > 0 ? [{ denied, open, path: decide(isDenylist ? 'unshare' : open[0])?.path ?? '' }] : [];
    });
    for (const group of groupBy(found, ({ denied, open }) => [...denied, ...open].join())) {
      const [{ denied, open, path }] = group;
      yield { path, message: `${enumerate(denied)} ${denied.length > 1 ? 'are' : 'is'} denied, but ${enumerate(open)} can still create user namespaces` };
    }
  },
};

const CLONE_NEWUSER = 0x10000000n;
