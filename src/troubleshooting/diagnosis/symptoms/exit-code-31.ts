import { possible } from '../causes';
import { Symptom } from '../symptom';

export const exitCode31: Symptom = {
  id: 'exit-code-31',
  summary: "a container ended with 31: SIGSYS, or a number of the program's own",
  texts: ['Exit Code: 31', 'exitCode: 31', '"exitCode":31', 'exited with code 31', 'Exited (31)'],
  causes: [
    possible({
      cause: 'the filter killed it, where something reports the bare number of SIGSYS',
      remedy: 'as for 159: dmesg on the node',
    }),
    possible({
      cause: 'the program ended with 31 by itself',
      remedy: 'its documentation',
    }),
  ],
  check: 'on the node: dmesg | grep type=1326',
  source: 'https://man7.org/linux/man-pages/man7/signal.7.html',
};
