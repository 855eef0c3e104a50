import { certain, FILTER_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const goThreadEperm: Symptom = {
  id: 'go-thread-eperm',
  summary: 'the Go runtime cannot start a thread: EPERM',
  texts: ['failed to create new OS thread…errno=1)'],
  causes: [
    certain({
      cause: 'the profile denies clone: Go calls it itself, without clone3',
      remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/opencontainers/runtime-tools/issues/699',
  calls: ['clone'],
};
