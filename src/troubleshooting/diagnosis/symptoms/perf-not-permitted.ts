import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const perfNotPermitted: Symptom = {
  id: 'perf-not-permitted',
  summary: 'perf events cannot be opened',
  texts: ['perf_event_open…Operation not permitted', 'perf_event_open…EPERM', 'No access to perf events'],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('perf_event_open (RuntimeDefault without CAP_PERFMON)')),
    possible({
      cause: 'kernel.perf_event_paranoid of the node forbids it',
      remedy: 'sysctl kernel.perf_event_paranoid',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/async-profiler/async-profiler/issues/730',
  calls: ['perf_event_open'],
};
