import { enumerate, groupBy, shorten } from '../../private/text';
import { numberOf } from '../../syscalls/numbers';
import { knownTo } from '../../syscalls/since';
import { LintSeverity } from '../finding';
import { PERMISSIVE } from '../lint-context';
import { LintRule } from '../rule';
import { formatRuntimes } from '../text';

export const syscallUnknownToRuntime: LintRule = {
  id: 'syscall-unknown-to-runtime',
  severity: LintSeverity.WARNING,
  summary: 'a denied call that an older libseccomp does not know',
  why: 'A runtime ignores names that its libseccomp does not know. In a denylist such a call is denied on one node and allowed on the next.',
  fix: 'update libseccomp on the nodes (runc is often built with its own copy), or do not rely on the denial there',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.1/CHANGELOG',
  *check({ document: { syscalls = [] }, isDenylist, nodes, runtimes }) {
    if (!isDenylist) return;
    const abis = [...new Set(nodes.flatMap(view => view.abis))];
    const found = syscalls.flatMap(({ names, action }, index) => PERMISSIVE.includes(action) ? [] : names.flatMap((name, at) => {
      const on = abis.filter(abi => numberOf(abi, name) !== undefined);
      const unaware = runtimes.filter(({ libseccomp }) => on.some(abi => !knownTo(libseccomp, name, abi)));
      return unaware.length > 0 ? [{ name, path: `syscalls[${index}].names[${at}]`, unaware }] : [];
    }));
    for (const group of groupBy(found, ({ unaware }) => unaware.join())) {
      const [{ path, unaware }] = group;
      const versions = [...new Set(unaware.map(({ libseccomp }) => libseccomp))];
      const names = [...new Set(group.map(({ name }) => name))];
      yield {
        path,
        message: `libseccomp ${enumerate(versions)} (${formatRuntimes(unaware)}) ${versions.length > 1 ? 'do' : 'does'} not know ${shorten(names)}: `
          + `${names.length > 1 ? 'they are' : 'it is'} allowed there`,
      };
    }
  },
};
