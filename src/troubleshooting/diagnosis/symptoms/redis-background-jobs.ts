import { CLONE3_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { Symptom } from '../symptom';

export const redisBackgroundJobs: Symptom = {
  id: 'redis-background-jobs',
  summary: 'a Redis server before 7.2 cannot start a thread, and does not say why',
  texts: ["Can't initialize Background Jobs"],
  causes: [
    possible(SECCOMP_DENIES_THREADS),
    possible(PIDS_LIMIT),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/redis/redis/issues/12362',
  calls: ['clone3', 'clone'],
};
