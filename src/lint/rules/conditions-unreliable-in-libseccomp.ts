import { miscompiledReason } from '../../profile/filter/libseccomp-limits';
import { abiWord } from '../../syscalls/abis';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const conditionsUnreliableInLibseccomp: LintRule = {
  id: 'conditions-unreliable-in-libseccomp',
  severity: LintSeverity.ERROR,
  summary: 'conditions that libseccomp may build differently',
  why: 'libseccomp merges the rules for one call into one decision tree. For some sets of conditions that tree, up to 2.6.1, is wider or '
    + 'narrower than the rules: the node does not do what the profile says.',
  fix: 'use one rule per call, or one condition per rule, or only EQ and MASKED_EQ below 2^32; write a range as masks: '
    + 'SyscallArgument.isBetween',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check({ nodes, newestRuntime }) {
    const seen = new Set<string>();
    for (const view of nodes) {
      for (const abi of view.abis) {
        const filter = [...view.filter(newestRuntime, abi).values()];
        if (filter.some(({ unreliable }) => unreliable)) {
          yield {
            // Most often the filter is still right.
            severity: LintSeverity.WARNING,
            path: 'syscalls',
            message: `the filter of ${abiWord(abi)} may differ from the rules: they name calls that ${abiWord(abi)} does not have, and no call that it has without conditions`,
            fix: `name a call that ${abiWord(abi)} has in a rule without conditions, or remove the calls that it does not have`,
          };
          continue;
        }
        for (const { unconditional, conflict, written } of filter) {
          const reason = unconditional || conflict ? undefined : miscompiledReason(written);
          if (!reason || seen.has(written[0].name)) continue;
          seen.add(written[0].name);
          yield { path: written[0].path, message: `the filter for ${written[0].name} may differ from the rules: ${reason}` };
        }
      }
    }
  },
};
