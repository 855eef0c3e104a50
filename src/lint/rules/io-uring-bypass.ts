import { shorten } from '../../private/text';
import { IO_URING_OPERATIONS } from '../../syscalls/io-uring';
import { LintSeverity } from '../finding';
import { isDenied, isExecuted } from '../lint-context';
import { LintRule } from '../rule';

export const ioUringBypass: LintRule = {
  id: 'io-uring-bypass',
  severity: LintSeverity.WARNING,
  summary: 'io_uring does calls that are denied',
  why: 'The kernel takes operations on files and sockets from memory that it shares with the program, and runs no filter on them.',
  fix: 'deny io_uring_setup, io_uring_enter and io_uring_register',
  source: 'https://man7.org/linux/man-pages/man2/io_uring_enter.2.html',
  *check({ nodes, newestRuntime }) {
    for (const view of nodes) {
      const decide = (name: string) => view.decide(newestRuntime, view.native, name);
      if (!VIA.every(name => isExecuted(decide(name)))) continue;
      // A call whose older or newer form is let through is not denied to any purpose.
      const denied = POWERS.filter(power => power.every(name => !isExecuted(decide(name))) && power.some(name => isDenied(decide(name))))
        .map(power => power.find(name => isDenied(decide(name)))!);
      if (denied.length === 0) continue;
      yield {
        path: decide('io_uring_setup')!.path ?? '',
        message: `io_uring is let through, and with it ${shorten(denied.map(name => `${name} (Linux ${IO_URING_OPERATIONS[name]})`), 6)}, which ${denied.length > 1 ? 'are' : 'is'} denied`,
      };
      return;
    }
  },
};

const VIA = ['io_uring_setup', 'io_uring_enter'];

/** What io_uring does that somebody may want to deny, each with all the calls that do it. */
const POWERS: readonly (readonly string[])[] = [
  ['socket'], ['connect'], ['bind'], ['listen'], ['accept', 'accept4'], ['sendto', 'send', 'sendmsg', 'sendmmsg'], ['recvfrom', 'recv', 'recvmsg', 'recvmmsg'],
  ['openat', 'open', 'openat2', 'creat'], ['unlinkat', 'unlink', 'rmdir'], ['renameat2', 'rename', 'renameat'], ['mkdirat', 'mkdir'],
  ['symlinkat', 'symlink'], ['linkat', 'link'],
].map(power => [...power].sort((one, other) => Number(other in IO_URING_OPERATIONS) - Number(one in IO_URING_OPERATIONS)));
