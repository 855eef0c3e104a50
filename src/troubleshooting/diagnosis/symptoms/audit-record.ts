import { certain } from '../causes';
import { Symptom } from '../symptom';

export const auditRecord: Symptom = {
  id: 'audit-record',
  summary: 'the kernel logged what a filter did',
  texts: ['type=1326 audit(', 'type=SECCOMP msg=audit(', 'SECCOMP auid='],
  causes: [
    certain({
      cause: 'a filter acted on a call',
      remedy: '`cdk8s-seccomp explain FILE CALL` says which rule, `profile.withAllowed([CALL])` lets it through; `cdk8s-seccomp audit LOG '
        + '--profile FILE` counts and judges all of them',
    }),
  ],
  check: 'without records seccomp is not cleared: ERRNO is logged with SECCOMP_FILTER_FLAG_LOG alone (runc 1.2 and later)',
  source: 'https://github.com/torvalds/linux/blob/v6.1/kernel/seccomp.c',
};
