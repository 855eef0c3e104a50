import { logRows } from './log-samples';
import { Bench } from '../harness/rows';

export const diagnose: Bench = {
  about: '`diagnose` through a pipe: CPU time against a process that reads the same lines and does nothing with them, and memory against a tenth of the log. Most logs '
    + 'are of the first two kinds, measured with a gigabyte; the others are the worst that could come.',
  run: async context => [
    ...await logRows(context, 'diagnose', ['ordinary lines', '1 symptom in 1,000 lines']),
    ...await logRows(context, 'diagnose', ['a word of a symptom in every line', 'symptoms alone', 'audit records alone', 'one line without an end'], 200),
  ],
};
