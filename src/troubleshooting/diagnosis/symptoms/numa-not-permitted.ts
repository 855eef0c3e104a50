import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const numaNotPermitted: Symptom = {
  id: 'numa-not-permitted',
  summary: 'memory cannot be bound to NUMA nodes',
  texts: [
    'mempolicy…Operation not permitted',
    'mbind…Operation not permitted',
    'migrate_pages…Operation not permitted',
    'move_pages…Operation not permitted',
    'numa_migrate_pages failed. errno: 1',
    'membind…errno 1 Operation not permitted',
    'setting interleave mask: Operation not permitted',
    'setting membind: Operation not permitted',
  ],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('get_mempolicy, set_mempolicy, mbind, migrate_pages and move_pages')),
    possible({
      cause: 'the kernel itself asks for CAP_SYS_NICE, whatever the profile says',
      remedy: 'give the container CAP_SYS_NICE, or do without',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/moby/moby/issues/37241',
  calls: ['get_mempolicy', 'set_mempolicy', 'mbind', 'migrate_pages', 'move_pages'],
};
