import { show } from '../../private/errors';
import { isKnown } from '../../syscalls/numbers';
import { suggest } from '../../syscalls/suggest';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const unknownSyscall: LintRule = {
  id: 'unknown-syscall',
  severity: LintSeverity.WARNING,
  summary: 'a name that is no system call',
  why: 'The runtime passes over names that libseccomp does not know, without a word: in a denylist the call is not denied, in an allowlist '
    + 'not allowed.',
  fix: 'write the name of the system call, as libseccomp knows it',
  source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  *check({ document: { syscalls = [] } }) {
    for (const [index, { names }] of syscalls.entries()) {
      for (const [at, name] of names.entries()) {
        if (isKnown(name)) continue;
        const near = suggest(name);
        yield {
          path: `syscalls[${index}].names[${at}]`,
          message: `${show(name)} is not a system call that libseccomp 2.6 knows: the rule does nothing for it`,
          fix: near ? `write ${near}, if that is what is meant` : undefined,
        };
      }
    }
  },
};
