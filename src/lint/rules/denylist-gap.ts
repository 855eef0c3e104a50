import { enumerate, groupBy } from '../../private/text';
import { compareVersions } from '../../private/version';
import { Decision } from '../../profile/filter/decision';
import { abiWord } from '../../syscalls/abis';
import { ENOSYS } from '../../syscalls/errnos';
import { FAMILIES } from '../../syscalls/families';
import { allNames } from '../../syscalls/numbers';
import { sinceKernel } from '../../syscalls/since';
import { newerSpellings } from '../../syscalls/spellings';
import { LintSeverity } from '../finding';
import { isDenied, isExecuted, PERMISSIVE } from '../lint-context';
import { LintRule } from '../rule';

export const denylistGap: LintRule = {
  id: 'denylist-gap',
  severity: LintSeverity.WARNING,
  summary: 'a denied call that another call can replace',
  why: 'Most operations have several calls: older and newer ones, calls by descriptor, calls of 32-bit ABIs. A denylist that names only one of '
    + 'them does not prevent the operation.',
  fix: 'deny the other calls too, or remove the denied one',
  source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  *check({ document: { syscalls = [] }, isDenylist, nodes, newestRuntime }) {
    if (!isDenylist) return;
    // A denied name without effect is a finding of another rule, such as syscall-unknown-to-runtime.
    const named = new Set(syscalls.filter(({ action }) => !PERMISSIVE.includes(action)).flatMap(rule => rule.names));
    const gaps = nodes.flatMap(view => view.abis.flatMap(abi =>
      [...gapsOf(name => view.decide(newestRuntime, abi, name), named)].map(gap => ({ ...gap, abi }))));
    for (const group of groupBy(gaps, ({ power, open }) => power ?? open.join())) {
      const [denied, open] = [names(group.map(gap => gap.denied)), names(group.map(gap => gap.open))];
      const abis = [...new Set(group.map(({ abi }) => abi))];
      const where = abis.length < nodes.flatMap(view => view.abis).length ? ` on ${enumerate(abis.map(abiWord))}` : '';
      const { power, path } = group[0];
      const can = power ? `can ${power} too` : open.length > 1 ? 'do the same' : 'does the same';
      yield {
        path,
        message: `${enumerate(denied)} ${denied.length > 1 ? 'are' : 'is'} denied, but ${withKernels(open)} ${can}${where}`,
        fix: `deny ${enumerate(open)} too`,
      };
    }
  },
};

interface Gap {
  /** Title of the calls' family; undefined for successors of one call. */
  readonly power?: string;
  readonly denied: readonly string[];
  readonly open: readonly string[];
  readonly path: string;
}

/** Families of other rules: no profile denies the creation of processes, and namespaces-through-clone reports the other powers of clone. */
const OTHER_RULES = ['process-creation'];
/** Members without power of their own: no kernel since 2.6 has code for the first three, and the last needs a descriptor of fanotify_init. */
const HARMLESS = ['create_module', 'query_module', 'get_kernel_syms', 'fanotify_mark'];

function* gapsOf(decide: (name: string) => Decision | undefined, named: ReadonlySet<string>): Iterable<Gap> {
  // ENOSYS makes programs use another call.
  const isRefused = (name: string) => isDenied(decide(name)) && decide(name)!.errno !== ENOSYS;
  const isOpen = (name: string) => isExecuted(decide(name)) && !named.has(name);
  const covered = new Set<string>();
  const gap = (denied: readonly string[], open: readonly string[], power?: string) => ({ denied, open, power, path: decide(denied[0])!.path ?? '' });
  for (const { id, title, members } of FAMILIES) {
    const denied = members.filter(isRefused);
    const open = members.filter(name => isOpen(name) && !HARMLESS.includes(name));
    if (denied.length > 0 || OTHER_RULES.includes(id)) members.forEach(name => covered.add(name));
    if (denied.length > 0 && open.length > 0 && !OTHER_RULES.includes(id)) yield gap(denied, open, title[0].toLowerCase() + title.slice(1));
  }
  for (const name of allNames()) {
    if (covered.has(name) || !isRefused(name)) continue;
    const open = newerSpellings(name).filter(newer => !covered.has(newer) && isOpen(newer));
    if (open.length > 0) yield gap([name], open);
  }
}

function names(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

/** `fsopen and fsmount (Linux 5.2) and mount_setattr (Linux 5.12)`. */
function withKernels(calls: readonly string[]): string {
  const groups = groupBy(calls, name => sinceKernel(name) ?? '').sort(([one], [other]) => compareVersions(sinceKernel(one) ?? '', sinceKernel(other) ?? ''));
  const words = groups.map(group => {
    const since = sinceKernel(group[0]);
    return since ? `${enumerate(group)} (Linux ${since})` : enumerate(group);
  });
  return enumerate(words);
}
