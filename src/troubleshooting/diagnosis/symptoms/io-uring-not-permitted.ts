import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const ioUringNotPermitted: Symptom = {
  id: 'io-uring-not-permitted',
  summary: 'io_uring cannot be set up',
  texts: [
    'io_uring…Operation not permitted',
    'io_uring…EPERM',
    'io-uring…Operation not permitted',
    { text: 'OS level error: Operation not permitted', after: 'io-uring' },
  ],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('io_uring (Docker 25 and containerd 2.0 do by default)')),
    possible({
      cause: 'kernel.io_uring_disabled is set on the node',
      remedy: 'sysctl kernel.io_uring_disabled',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/axboe/liburing/issues/1078',
  calls: ['io_uring_setup', 'io_uring_enter', 'io_uring_register'],
};
