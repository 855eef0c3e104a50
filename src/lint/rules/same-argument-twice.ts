import { shorten } from '../../private/text';
import { describe } from '../../profile/filter/decide';
import { areAlternatives } from '../../profile/filter/rules-for';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const sameArgumentTwice: LintRule = {
  id: 'same-argument-twice',
  severity: LintSeverity.WARNING,
  summary: 'two conditions on one argument in one rule',
  why: 'The runtime makes one rule of each condition, also of the conditions on other arguments: a call has to meet only one of them, not all.',
  fix: 'write a range or several flags as one MASKED_EQ, or as rules of one condition: SyscallArgument.isBetween, hasAnyOf',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
  *check({ document: { syscalls = [] } }) {
    for (const [index, { names, args = [] }] of syscalls.entries()) {
      if (!areAlternatives(args) || names.length === 0) continue;
      const twice = args.findIndex((condition, at) => args.slice(0, at).some(other => other.index === condition.index));
      yield {
        path: `syscalls[${index}].args[${twice}]`,
        message: `two conditions on argument ${args[twice].index} of ${shorten(names, 3)} are alternatives: ${args.map(each => describe([each])).join(' or ')}`,
      };
    }
  },
};
