import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerFileChanged: Symptom = {
  id: 'installer-file-changed',
  summary: 'something else changes an installed profile',
  texts: [': it was changed'],
  causes: [
    likely({
      cause: 'another DaemonSet with the same fixed name, or a configuration management, writes the same file',
      remedy: 'one owner for each path; `versioning: CONTENT_HASH` gives each content its own',
    }),
  ],
  check: 'the same line again and again in the log of the DaemonSet',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
