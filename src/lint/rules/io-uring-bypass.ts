import { shorten } from '../../private/text';
import { IO_URING_OPERATIONS } from '../../syscalls/io-uring';
import { LintSeverity } from '../finding';
import { isDenied, isExecuted } from '../lint-context';
import { LintRule } from '../rule';

export const ioUringBypass: LintRule = {
  id: 'io-uring-bypass',
  severity: LintSeverity.WARNING,
  summary: 'io_uring does the work of denied calls',
  why: 'io_uring reads operations on files and sockets from shared memory, and the kernel runs no filter on them.',
  fix: 'deny io_uring_setup, io_uring_enter and io_uring_register',
  source: 'https://man7.org/linux/man-pages/man2/io_uring_enter.2.html',
  *check({ nodes, newestRuntime }) {
    for (const view of nodes) {
      const decide = (name: string) => view.decide(newestRuntime, view.native, name);
      if (!VIA.every(name => isExecuted(decide(name)))) continue;
      // If an older or newer form of a call is allowed, its denial has no effect that io_uring could bypass.
      const denied = POWERS.filter(power => power.every(name => !isExecuted(decide(name))) && power.some(name => isDenied(decide(name))))
        .map(power => power.find(name => isDenied(decide(name)))!);
      if (denied.length === 0) continue;
      yield {
        path: decide('io_uring_setup')!.path ?? '',
        message: `io_uring is allowed, and can do the work of ${shorten(denied.map(name => `${name} (Linux ${IO_URING_OPERATIONS[name]})`), 6)}, which ${denied.length > 1 ? 'are' : 'is'} denied`,
      };
      return;
    }
  },
};

const VIA = ['io_uring_setup', 'io_uring_enter'];

/** Operations of io_uring that a profile may want to deny, each with all calls that do it. */
const POWERS: readonly (readonly string[])[] = [
  ['socket'], ['connect'], ['bind'], ['listen'], ['accept', 'accept4'], ['sendto', 'send', 'sendmsg', 'sendmmsg'], ['recvfrom', 'recv', 'recvmsg', 'recvmmsg'],
  ['openat', 'open', 'openat2', 'creat'], ['unlinkat', 'unlink', 'rmdir'], ['renameat2', 'rename', 'renameat'], ['mkdirat', 'mkdir'],
  ['symlinkat', 'symlink'], ['linkat', 'link'],
].map(power => [...power].sort((one, other) => Number(other in IO_URING_OPERATIONS) - Number(one in IO_URING_OPERATIONS)));
