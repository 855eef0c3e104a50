import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const rustThreadEperm: Symptom = {
  id: 'rust-thread-eperm',
  summary: 'a Rust program cannot start a thread: EPERM',
  texts: [
    "OS can't spawn…worker thread…Operation not permitted",
    'failed to spawn thread…Operation not permitted',
    'failed to spawn thread…PermissionDenied',
    'ThreadPoolBuildError { kind: IOError(Os { code:…PermissionDenied',
  ],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/qdrant/qdrant/issues/2149',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
