import { errnoName } from '../profile/document/errnos';
import { ContainerRuntime } from '../profile/filter/container-runtime';

/** `a, b and c`. */
export function enumerate(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The first so many, and how many more there are. */
export function shorten(words: readonly string[], limit = 12): string {
  return words.length <= limit + 1 ? enumerate(words) : `${words.slice(0, limit).join(', ')} and ${words.length - limit} more`;
}

/** `runc 1.1.5 and 1.1.15, crun 1.8.1`. */
export function runtimeWords(runtimes: readonly ContainerRuntime[]): string {
  const names = [...new Set(runtimes.map(({ name }) => name))];
  return names.map(name => `${name} ${enumerate([...new Set(runtimes.filter(each => each.name === name).map(({ version }) => version))])}`).join(', ');
}

/** `X86_64` of `SCMP_ARCH_X86_64`. */
export function abiWord(abi: string): string {
  return abi.replace('SCMP_ARCH_', '');
}

/** Puts values under the keys that they have in common, in the order of the keys' first appearance. */
export function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return [...groups.values()];
}

/** `EPERM (1)`, `SCMP_ACT_KILL_PROCESS`. */
export function answerWords({ action, errno }: { readonly action?: unknown; readonly errno?: number }): string {
  if (String(action) !== 'SCMP_ACT_ERRNO') return String(action);
  const name = errnoName(errno ?? 1);
  return name ? `${name} (${errno})` : `errno ${errno}`;
}
