import { certain } from '../causes';
import { Symptom } from '../symptom';

export const admissionPolicyDenied: Symptom = {
  id: 'admission-policy-denied',
  summary: "an admission policy refuses the pod's mode or profile",
  texts: [
    'seccomp profile that is not allowed',
    'set securityContext.seccompProfile of the pod or the container',
    'ValidatingAdmissionPolicy…seccomp',
    'Use of custom Seccomp profiles is disallowed',
    'Seccomp profile…is not allowed for container',
  ],
  causes: [
    certain({
      cause: 'the policy of this cluster (SeccompAdmissionPolicy, Kyverno, Gatekeeper) allows other modes or profiles',
      remedy: 'use one that it allows, or add it to `allowed` of SeccompAdmissionPolicy',
    }),
  ],
  check: 'the message names what is expected; kubectl get validatingadmissionpolicies',
  source: 'https://github.com/nais/unleasherator/pull/113',
};
