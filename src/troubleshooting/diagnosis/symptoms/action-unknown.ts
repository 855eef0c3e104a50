import { likely } from '../causes';
import { Symptom } from '../symptom';

export const actionUnknown: Symptom = {
  id: 'action-unknown',
  summary: 'the runtime does not know an action of the profile',
  texts: [
    'is not a valid action for seccomp',
    'invalid seccomp action',
    'seccomp misses the default action',
    "Required field 'defaultAction' not present",
  ],
  causes: [
    likely({
      cause: 'the action is misspelt, or missing, or newer than the runtime: SCMP_ACT_NOTIFY and KILL_PROCESS need runc 1.1, LOG 1.0',
      remedy: 'write an action that the runtime knows, or upgrade it: `cdk8s-seccomp lint --target runtime=runc@VERSION FILE`',
    }),
  ],
  check: 'runc --version on the node',
  source: 'https://github.com/kinvolk/seccompagent/pull/32',
};
