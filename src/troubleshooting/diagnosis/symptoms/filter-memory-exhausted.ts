import { likely } from '../causes';
import { Symptom } from '../symptom';

export const filterMemoryExhausted: Symptom = {
  id: 'filter-memory-exhausted',
  summary: 'the kernel has no room for another filter',
  texts: ['loading seccomp filter into kernel…errno 524', 'seccomp…errno 524'],
  causes: [
    likely({
      cause: 'the memory for compiled filters (net.core.bpf_jit_limit) is used up: many containers, or a kernel that leaks it',
      remedy: 'raise net.core.bpf_jit_limit on the node, upgrade its kernel, or restart it',
    }),
  ],
  check: 'on the node: sysctl net.core.bpf_jit_limit',
  source: 'https://github.com/concourse/concourse/issues/8739',
};
