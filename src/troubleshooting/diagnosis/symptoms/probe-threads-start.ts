import { certain } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const probeThreadsStart: Symptom = {
  id: 'probe-threads-start',
  summary: 'the probe measured: threads start',
  texts: [
    '"probe":"thread-probe/…"verdict":"works"',
    '"probe":"thread-probe/…"verdict":"falls-back"',
    '"probe":"thread-probe/…"verdict":"clone3-unused"',
    '"probe":"thread-probe/…"verdict":"unfiltered"',
  ],
  causes: [
    certain({
      cause: 'seccomp lets threads start in this container; what failed elsewhere or earlier failed at a limit, or under another mode',
      remedy: 'compare node and mode with those of the program that failed; look at its pids limit under load',
    }),
  ],
  check: 'cat /sys/fs/cgroup/pids.current /sys/fs/cgroup/pids.max in the pod that fails',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py',
  proves: CauseId.PIDS_LIMIT,
  isMeasured: true,
};
