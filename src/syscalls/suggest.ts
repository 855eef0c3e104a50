import { distance } from 'fastest-levenshtein';
import { allNames, isKnown } from './numbers';

/** C library functions whose system call has another name. */
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
 * Returns the system call that a misspelt name most likely means; undefined if none is close.
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
