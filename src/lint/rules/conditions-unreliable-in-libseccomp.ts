import { miscompiledReason } from '../../profile/filter/libseccomp-limits';
import { abiWord } from '../../syscalls/abis';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const conditionsUnreliableInLibseccomp: LintRule = {
  id: 'conditions-unreliable-in-libseccomp',
  severity: LintSeverity.ERROR,
  summary: 'conditions that libseccomp may build otherwise',
  why: 'libseccomp merges the rules for one call into one decision tree. For some sets of conditions the tree it builds, up to 2.6.1, is '
    + 'wider or narrower than the rules; what the node does then is not what is written.',
  fix: 'keep to one rule per call, to one condition per rule, or to EQ and MASKED_EQ below 2^32; write a range as masks: '
    + 'SyscallArgument.isBetween',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check({ nodes, newestRuntime }) {
    const seen = new Set<string>();
    for (const view of nodes) {
      for (const abi of view.abis) {
        const filter = [...view.filter(newestRuntime, abi).values()];
        if (filter.some(({ unreliable }) => unreliable)) {
          yield {
            // What has no rule for the ABI that counts is most often right all the same.
            severity: LintSeverity.WARNING,
            path: 'syscalls',
            message: `the filter of ${abiWord(abi)} may not be what is written: it names calls that ${abiWord(abi)} has not, and none that it has without conditions`,
            fix: `name a call without conditions that ${abiWord(abi)} has, or leave out those that it has not`,
          };
          continue;
        }
        for (const { unconditional, conflict, written } of filter) {
          const reason = unconditional || conflict ? undefined : miscompiledReason(written);
          if (!reason || seen.has(written[0].name)) continue;
          seen.add(written[0].name);
          yield { path: written[0].path, message: `the filter for ${written[0].name} may not be what is written: ${reason}` };
        }
      }
    }
  },
};
