import { enumerate } from '../../private/text';
import { abiWord } from '../../syscalls/abis';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const missingCompatAbi: LintRule = {
  id: 'missing-compat-abi',
  severity: LintSeverity.WARNING,
  summary: '32-bit programs are killed',
  why: 'A 64-bit node also runs 32-bit programs. Programs of an ABI that is not in the list are killed (SIGSYS), whatever the default action.',
  fix: 'add the ABI if any image runs 32-bit programs; otherwise suppress this rule',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check({ document, nodes }) {
    const found = nodes.map(({ node: { label, architectures }, abis }) => (
      { label, missing: architectures.map(String).filter(abi => !abis.includes(abi) && abi !== 'SCMP_ARCH_X32') })).filter(({ missing }) => missing.length > 0);
    const killed = found.map(({ label, missing }) => `programs of ${enumerate(missing.map(abiWord))} on ${label} nodes`);
    if (found.length > 0 && !document.architectures?.length) {
      yield { path: '', message: `the profile has no list of architectures: ${enumerate(killed)} are killed` };
    } else if (found.length > 0) {
      const names = [...new Set(found.flatMap(({ missing }) => missing))];
      yield { path: 'architectures', message: `${enumerate(names)} ${names.length > 1 ? 'are' : 'is'} not in the list: ${enumerate(killed)} are killed` };
    }
  },
};
