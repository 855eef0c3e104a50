import { certain } from '../causes';
import { Symptom } from '../symptom';

export const agentUnreachable: Symptom = {
  id: 'agent-unreachable',
  summary: 'the agent that a profile asks is not there',
  texts: ['failed to connect with seccomp agent', 'open seccomp receiver'],
  causes: [
    certain({
      cause: "nothing listens at the profile's `listenerPath` on this node",
      remedy: 'start the agent before the pods that need it, or use a profile without SCMP_ACT_NOTIFY',
    }),
  ],
  check: 'on the node: ls -l the listenerPath',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/process_linux.go',
};
