import { abiOf } from './abis';
import { numberOf } from './numbers';
import { NAMES_BY_LIBSECCOMP, NAMES_BY_LINUX, NUMBERS_BY_LIBSECCOMP } from './since.generated';
import { isAtLeast } from '../private/version';

/** Inverts `{ version: 'name name …' }` on first use. */
function versions(names: Readonly<Record<string, string>>): (name: string) => string | undefined {
  let byName: Map<string, string> | undefined;
  return name => {
    byName ??= new Map(Object.entries(names).flatMap(([version, list]) => list.split(' ').map(each => [each, version] as const)));
    return byName.get(name);
  };
}

/**
 * Returns the upstream libseccomp release that first knew a name; undefined for an unknown name, and for one that 2.3.1 knows.
 *
 * A distribution's build may know more than its version says: Debian's 2.5.4-1+deb12u1 has the table of 2.5.5.
 *
 * @see https://github.com/seccomp/libseccomp/blob/v2.6.1/CHANGELOG
 */
export const sinceLibseccomp = versions(NAMES_BY_LIBSECCOMP);

/**
 * Returns the Linux release that first had a system call on some architecture; undefined for an unknown name, and for one older than 3.0.
 *
 * @see https://man7.org/linux/man-pages/man2/syscalls.2.html
 */
export const sinceKernel = versions(NAMES_BY_LINUX);

function numberSinceLibseccomp(name: string, tool: string): string | undefined {
  return Object.keys(NUMBERS_BY_LIBSECCOMP).find(version => NUMBERS_BY_LIBSECCOMP[version][name]?.split(' ').includes(tool));
}

/**
 * True if a libseccomp release turns a name into its number on an ABI, so that it does not silently ignore a rule for it.
 *
 * Three things can be missing: the ABI, the name, or only its number on that ABI, as for clone3 on AARCH64 before 2.5.0. If the exact
 * release is not certain, the later one is taken. `isMultiplexed` tells whether a rule also covers a multiplexer.
 */
export function knownTo(libseccomp: string, name: string, abi: string): boolean {
  return knowledge(libseccomp, abi)(name);
}

const known = new Map<string, (name: string) => boolean>();

/** Returns `knownTo` for many names. Its answers are cached: every rule of every profile needs them on every ABI. */
export function knowledge(libseccomp: string, abi: string): (name: string) => boolean {
  const key = `${libseccomp} ${abi}`;
  let ask = known.get(key);
  if (!ask) {
    const answers = new Map<string, boolean>();
    known.set(key, ask = name => {
      let answer = answers.get(name);
      if (answer === undefined) answers.set(name, answer = isKnownTo(libseccomp, name, abi));
      return answer;
    });
  }
  return ask;
}

function isKnownTo(libseccomp: string, name: string, abi: string): boolean {
  if (numberOf(abi, name) === undefined) {
    return false;
  }
  const { tool, sinceLibseccomp: abiSince } = abiOf(abi);
  const required = [abiSince, sinceLibseccomp(name), numberSinceLibseccomp(name, tool)];
  return required.every(version => version === undefined || isAtLeast(libseccomp, version));
}
