import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const clockNotPermitted: Symptom = {
  id: 'clock-not-permitted',
  summary: 'the clock cannot be set',
  texts: [
    'cannot set date: Operation not permitted',
    'clock_settime…Operation not permitted',
    'adjtimex…Operation not permitted',
    'settimeofday…Operation not permitted',
  ],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('setting the clock')),
    possible({
      cause: 'the kernel itself asks for CAP_SYS_TIME, whatever the profile says',
      remedy: 'give the container CAP_SYS_TIME, or do without',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://man7.org/linux/man-pages/man2/clock_settime.2.html',
  calls: ['clock_settime', 'settimeofday', 'adjtimex', 'clock_adjtime'],
};
