import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const namespaceNotPermitted: Symptom = {
  id: 'namespace-not-permitted',
  summary: 'a namespace cannot be made or entered',
  texts: [
    'unshare…Operation not permitted',
    'Failed to move to new namespace…Operation not permitted',
    'setns…Operation not permitted',
    'nsenter…Operation not permitted',
    'No permissions to create new namespace',
    'Creating new namespace failed: Operation not permitted',
    'CLONE_NEWUSER…Operation not permitted',
    'cannot clone: Operation not permitted',
  ],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('unshare, setns and clone with the flags of namespaces')),
    possible({
      cause: 'the node allows unprivileged users no namespaces (user.max_user_namespaces, AppArmor), or CAP_SYS_ADMIN is missing',
      remedy: 'sysctl user.max_user_namespaces; do not run sandboxes and builds in this pod',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/podman-container-tools/buildah/issues/1901',
  calls: ['unshare', 'setns', 'clone'],
};
