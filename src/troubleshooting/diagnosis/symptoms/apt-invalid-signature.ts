import { possible } from '../causes';
import { Symptom } from '../symptom';

export const aptInvalidSignature: Symptom = {
  id: 'apt-invalid-signature',
  summary: 'apt finds an invalid signature where there is none',
  texts: ['At least one invalid signature was encountered'],
  causes: [
    possible({
      cause: 'seccomp answers a new call with EPERM, because libseccomp on the node does not know it: on 32-bit ARM the calls with 64-bit time '
        + 'before 2.4.2, elsewhere clone3',
      remedy: 'upgrade libseccomp and the container runtime of the node',
    }),
    possible({
      cause: 'the disk is full, or the mirror is out of date',
      remedy: 'df -h in the container; another mirror',
    }),
  ],
  check: 'date in the container: 1970 means that libseccomp is too old; otherwise df -h',
  source: 'https://github.com/debuerreotype/docker-debian-artifacts/issues/101',
  calls: ['clock_gettime64', 'clone3'],
};
