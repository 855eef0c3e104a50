import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const ptraceNotPermitted: Symptom = {
  id: 'ptrace-not-permitted',
  summary: 'a debugger or tracer may not attach',
  texts: [
    'ptrace…Operation not permitted',
    'ptrace_scope…not permitted',
    'strace: test_ptrace…Operation not permitted',
    'Could not attach to process…Operation not permitted',
  ],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES("ptrace (MindIE's reference profile does)")),
    possible({
      cause: 'the kernel asks for CAP_SYS_PTRACE or a lower kernel.yama.ptrace_scope',
      remedy: 'MindieProfile.debugging() for the time of debugging, and CAP_SYS_PTRACE',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/sxs-collaboration/spectre/issues/2349',
  calls: ['ptrace', 'process_vm_readv'],
};
