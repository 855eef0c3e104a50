import { possible } from '../causes';
import { Symptom } from '../symptom';

export const probeUndecided: Symptom = {
  id: 'probe-undecided',
  summary: 'the probe could not tell why threads do not start',
  texts: ['"probe":"thread-probe/…"verdict":"undecided"', '"probe":"thread-probe/…"verdict":"not-seccomp"'],
  causes: [
    possible({
      cause: 'no filter is loaded, or the image has nothing to ask the kernel with',
      remedy: 'an image with Python for the probe; memory and AppArmor of the node',
    }),
  ],
  check: 'the same probe after the change',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py',
  isMeasured: true,
};
