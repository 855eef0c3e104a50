import { narrowArguments } from '../../scripts/dump-arguments';
import { narrowArgumentsOf, WIDE_CALLS } from '../../scripts/generate-arguments';
import { readTable } from '../../scripts/generate-syscalls';
import { isNarrow } from '../../src/syscalls/narrow-arguments';
import { allNames, isKnown } from '../../src/syscalls/numbers';

const INDEXES = [0, 1, 2, 3, 4, 5];

/** Calls without arguments that the header leaves out, and calls that Linux 7.3 does not have, or never had. */
const WITHOUT_ARGUMENTS = 'rt_sigreturn sigreturn switch_endian';
const GONE = '_sysctl afs_syscall bdflush break create_module epoll_ctl_old epoll_wait_old ftime get_kernel_syms get_thread_area getpmsg gtty idle '
  + 'lock lookup_dcookie mpx multiplexer nfsservctl oldfstat oldlstat oldolduname oldstat prof profil putpmsg query_module readdir security stty '
  + 'sys_debug_setcontext timerfd tuxcall ulimit vm86 vserver';

test.each<[name: string, narrow: number[]]>([
  ['socket', [0, 1, 2]],
  ['ioctl', [0, 1]],
  ['fcntl', [0, 1]],
  ['prctl', [0]],
  ['openat', [0, 2, 3]],
  ['openat2', [0]],
  ['read', [0]],
  ['kill', [0, 1]],
  ['setuid', [0]],
  ['chmod', [1]],
  ['clock_gettime', [0]],
  ['timer_delete', [0]],
  ['mq_notify', [0]],
  ['quotactl', [0, 2]],
  ['landlock_add_rule', [0, 1, 3]],
  ['personality', [0]],
  ['seccomp', [0, 1]],
  ['bpf', [0, 2, 4]],
  ['futex', [1, 2, 5]],
  ['sendto', [0, 3, 5]],
  ['fanotify_mark', [0, 1, 3]],
  // Another name in the kernel.
  ['umount2', [1]],
  ['fstat', [0]],
  ['uname', []],
  ['_llseek', [0, 4]],
  // A wide type, and only the lower half used.
  ['clone', [0]],
  ['mmap', [4]],
  ['mbind', [2, 5]],
  ['ptrace', [1]],
  ['preadv2', [0, 2, 5]],
  // Wide to the end.
  ['unshare', []],
  ['mount', []],
  ['mprotect', []],
  ['clone3', []],
  ['brk', []],
  // A 32-bit ABI's.
  ['chown32', []],
  ['socketcall', [0]],
  ['no_such_call', []],
])('knows the narrow arguments of %s: %j', (name, narrow) => {
  expect(INDEXES.filter(index => isNarrow(name, index))).toStrictEqual(narrow);
});

test.each([-1, 6, 12, 0.5, NaN])('has no argument %d', index => {
  expect(isNarrow('socket', index)).toBe(false);
});

test('says what the sources say, and nothing of calls that no ABI with 64-bit pointers has', () => {
  const said = allNames().map(name => [name, INDEXES.filter(index => isNarrow(name, index))]);
  expect(said).toStrictEqual(allNames().map(name => [name, WIDE_CALLS.includes(name) ? narrowArgumentsOf(name) ?? [] : []]));
});

test('has a source for every call that there is', () => {
  const without = WIDE_CALLS.filter(name => narrowArgumentsOf(name) === undefined);
  expect(without).toStrictEqual(`${WITHOUT_ARGUMENTS} ${GONE}`.split(' ').sort());
});

test('adds by hand what the header does not say, with a file of the kernel and a reason', () => {
  const declared = readTable('arguments-linux-7.3.tsv');
  const isAdded = ([name, { narrow, file, why }]: [string, Record<string, string>]) => isKnown(name) && /^(-|[0-5]( [0-5])*)$/.test(narrow)
    && narrow.split(' ').every(index => !declared.get(name)?.narrow.includes(index)) && /^[\w/]+\.c$/.test(file) && why !== '';
  expect([...readTable('arguments-by-hand.tsv')].filter(row => !isAdded(row))).toStrictEqual([]);
});

test('reads prototypes with and without names, and takes what all prototypes of a function have', () => {
  const header = `
    asmlinkage long sys_none(void);
    /* asmlinkage long sys_comment(int); */
    #ifdef CONFIG_BACKWARDS
    asmlinkage long sys_variants(unsigned long, int,
                                 int __user *, unsigned);
    #else
    asmlinkage long sys_variants(int first, const clockid_t second, unsigned long third, unsigned int fourth);
    #endif
    asmlinkage ssize_t sys_other(int);
  `;
  expect([...narrowArguments(header)]).toStrictEqual([['none', []], ['variants', [1, 3]]]);
});

test('fails on a type whose width it does not know', () => {
  expect(() => narrowArguments('asmlinkage long sys_call(new_t value);'))
    .toThrow('no width known for "new_t value": add its type to scripts/dump-arguments.ts');
});
