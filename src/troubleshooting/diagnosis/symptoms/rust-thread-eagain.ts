import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const rustThreadEagain: Symptom = {
  id: 'rust-thread-eagain',
  summary: 'a Rust program cannot start a thread: EAGAIN',
  texts: [
    "OS can't spawn…worker thread…Resource temporarily unavailable",
    'failed to spawn thread…Resource temporarily unavailable',
    'failed to spawn thread…WouldBlock',
    'ThreadPoolBuildError { kind: IOError(Os { code:…WouldBlock',
  ],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/tokio-rs/tokio/blob/tokio-1.28.2/tokio/src/runtime/blocking/pool.rs',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
