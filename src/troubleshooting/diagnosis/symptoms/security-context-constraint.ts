import { certain } from '../causes';
import { Symptom } from '../symptom';

export const securityContextConstraint: Symptom = {
  id: 'security-context-constraint',
  summary: 'OpenShift, or a PodSecurityPolicy before Kubernetes 1.25, refuses the seccomp mode of a pod',
  texts: [
    'seccomp may not be set',
    'seccomp must not be set',
    'is not an allowed seccomp profile',
  ],
  causes: [
    certain({
      cause: 'the SecurityContextConstraints or policy that the service account may use list other profiles in seccompProfiles, or none',
      remedy: 'SeccompMode.RUNTIME_DEFAULT with restricted-v2 (OpenShift 4.11); for a Localhost profile, a constraint of its own with '
        + 'localhost/PATH in seccompProfiles, granted to the service account',
    }),
  ],
  check: 'oc get scc -o custom-columns=NAME:.metadata.name,SECCOMP:.seccompProfiles; with a policy: kubectl get psp',
  source: 'https://docs.openshift.com/container-platform/4.11/security/seccomp-profiles.html',
};
