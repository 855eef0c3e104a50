import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const bpfNotPermitted: Symptom = {
  id: 'bpf-not-permitted',
  summary: 'a BPF program cannot be loaded',
  texts: ['bpf…Operation not permitted'],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('bpf')),
    possible({
      cause: 'the kernel itself asks for CAP_BPF or CAP_SYS_ADMIN, whatever the profile says',
      remedy: 'give the container CAP_BPF or CAP_SYS_ADMIN, or do without',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/moby/moby/pull/43988',
  calls: ['bpf'],
};
