import { show } from '../../private/errors';
import { isKnown } from '../../syscalls/numbers';
import { suggest } from '../../syscalls/suggest';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const unknownSyscall: LintRule = {
  id: 'unknown-syscall',
  severity: LintSeverity.WARNING,
  summary: 'a name that is not a system call',
  why: 'The runtime silently ignores names that libseccomp does not know: a denylist does not deny the call, an allowlist does not allow it.',
  fix: 'use the name that libseccomp has for the system call',
  source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  *check({ document: { syscalls = [] } }) {
    for (const [index, { names }] of syscalls.entries()) {
      for (const [at, name] of names.entries()) {
        if (isKnown(name)) continue;
        const near = suggest(name);
        yield {
          path: `syscalls[${index}].names[${at}]`,
          message: `${show(name)} is not a system call that libseccomp 2.6 knows: the rule has no effect on it`,
          fix: near ? `write ${near} if you mean that call` : undefined,
        };
      }
    }
  },
};
