import { distance } from 'fastest-levenshtein';
import { allNames, isKnown } from './numbers';

/** C library functions that do not have the name of their system call. */
const LIBRARY_NAMES: ReadonlyMap<string, string> = new Map(Object.entries({
  fadvise: 'fadvise64',
  fstatat: 'newfstatat',
  llseek: '_llseek',
  posix_fadvise: 'fadvise64',
  pread: 'pread64',
  prlimit: 'prlimit64',
  pwrite: 'pwrite64',
  sigqueue: 'rt_sigqueueinfo',
  sigtimedwait: 'rt_sigtimedwait',
  sysctl: '_sysctl',
  wait: 'wait4',
}));

/**
 * The known system call that a misspelt one most likely stands for; undefined if none is near.
 *
 * @see https://man7.org/linux/man-pages/man2/syscalls.2.html
 */
export function suggest(name: string): string | undefined {
  const plain = name.trim().toLowerCase().replace(/^(__nr_|sys_|__x64_sys_|__se_sys_)/, '');
  const exact = LIBRARY_NAMES.get(plain) ?? plain;
  if (isKnown(exact)) {
    return exact;
  }
  const near = allNames()
    .map(known => ({ known, edits: distance(plain, known) }))
    .filter(({ known, edits }) => edits <= Math.max(1, Math.floor(Math.min(plain.length, known.length) / 3)))
    .sort((one, other) => one.edits - other.edits);
  return near[0]?.known;
}
