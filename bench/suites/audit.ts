import { logRows } from './log-samples';
import { Bench } from '../harness/rows';

export const audit: Bench = {
  about: '`audit` of a gigabyte through a pipe, of a node that denies a call now and then and of one that records everything: CPU time against a process that reads the same lines '
    + 'and does nothing with them, and memory against a tenth of the log.',
  run: context => logRows(context, 'audit', ['1 audit record in 50 lines', 'audit records alone']),
};
