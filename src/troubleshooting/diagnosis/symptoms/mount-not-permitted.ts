import { FILTER_CHECK, likely, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const mountNotPermitted: Symptom = {
  id: 'mount-not-permitted',
  summary: 'a file system cannot be mounted',
  texts: ['mount…Operation not permitted', 'mount:…permission denied', 'mount…: operation not permitted'],
  unless: ['mount namespace', 'unmounted volumes', 'mounted volumes', 'mountvolume', 'exec format'],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('mount')),
    likely({
      cause: 'the container has no CAP_SYS_ADMIN, which mounting needs',
      remedy: 'mount it as a volume of the pod',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://man7.org/linux/man-pages/man2/mount.2.html',
  calls: ['mount', 'umount2', 'move_mount', 'fsopen'],
};
