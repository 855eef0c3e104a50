import { CauseId, Symptom } from '../symptom';
import { CLONE3_CHECK, likely, possible, SECCOMP_DENIES_THREADS } from '../symptom-causes';

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
    possible({
      cause: 'the profile denies clone itself, or the thread asks for a scheduling policy that it may not have',
      remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
    }),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/qdrant/qdrant/issues/2149',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
