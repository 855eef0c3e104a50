import { certain } from '../causes';
import { Symptom } from '../symptom';

/** Symptoms of a pod that the API server or an admission webhook refuses. */
export const ADMISSION: readonly Symptom[] = [
  {
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
        cause: 'the policy of this cluster (SeccompAdmissionPolicy, Kyverno, Gatekeeper) allows only other modes or profiles',
        remedy: 'use a profile that the policy allows, or add it to SeccompRequirement.oneOf(…) of the SeccompAdmissionPolicy',
      }),
    ],
    check: 'the message names the allowed profiles; kubectl get validatingadmissionpolicies lists the policies',
    source: 'https://github.com/nais/unleasherator/pull/113',
  },
  {
    id: 'annotation-contradicts-field',
    summary: 'the API server refuses a pod whose annotation and field differ',
    texts: ['seccomp type in annotation and field must match', 'seccomp profile in annotation and field must match'],
    causes: [
      certain({
        cause: 'a seccomp annotation from before Kubernetes 1.19 names another profile than the field',
        remedy: 'remove the annotation, which SeccompPolicy does; `cdk8s-seccomp check` reports its place: annotation-contradicts-field',
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests',
    source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go',
  },
  {
    id: 'localhost-profile-path-invalid',
    summary: 'the API server refuses the path of a profile',
    texts: ['localhostProfile…must be a relative path', "localhostProfile…must not contain '..'"],
    causes: [
      certain({
        cause: "the path begins with a slash or contains \"..\", but must be relative to the kubelet's seccomp directory",
        remedy: "use SeccompMode.localhostPath('profiles/x.json'), which checks the path at synth",
      }),
    ],
    check: 'kubectl get pod -o yaml: localhostProfile',
    source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
  },
  {
    id: 'localhost-profile-superfluous',
    summary: 'a mode other than Localhost names a profile',
    texts: ['can only be set when seccomp type is Localhost'],
    causes: [
      certain({
        cause: '`localhostProfile` is set, but the type is not Localhost',
        remedy: 'use SeccompMode, which writes both fields correctly',
      }),
    ],
    check: 'kubectl get pod -o yaml: type and localhostProfile',
    source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
  },
  {
    id: 'localhost-profile-unset',
    summary: 'the mode Localhost names no profile',
    texts: ['must be set when seccomp type is Localhost', 'localhostProfile must be set if seccompProfile type is Localhost'],
    causes: [
      certain({
        cause: '`localhostProfile` is missing or empty',
        remedy: "use SeccompMode.localhost(profile) or SeccompMode.localhostPath('profiles/x.json'), which write both fields",
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests finds localhost-without-path',
    source: 'https://github.com/kubernetes/kubernetes/pull/117020',
  },
  {
    id: 'pod-security-annotation',
    summary: 'Pod Security refuses an annotation',
    texts: ['forbidden annotation…seccomp'],
    causes: [
      certain({
        cause: 'the pod has a seccomp annotation from before Kubernetes 1.19, with the value unconfined',
        remedy: 'set the field instead, as SeccompSecured workloads do; `cdk8s-seccomp check` finds annotation-only',
      }),
    ],
    check: 'kubectl version',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  {
    id: 'pod-security-unconfined',
    summary: 'Pod Security refuses the mode Unconfined',
    texts: ['must not set securityContext.seccompProfile.type to'],
    causes: [
      certain({
        cause: 'the levels baseline and restricted do not allow Unconfined on any pod or container',
        remedy: 'use SeccompMode.RUNTIME_DEFAULT or SeccompMode.localhost(profile); for a whole app, SeccompPolicy',
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests finds pod-security-seccomp',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  {
    id: 'pod-security-unset',
    summary: 'Pod Security requires a mode',
    texts: ['must set securityContext.seccompProfile.type to'],
    causes: [
      certain({
        cause: 'the level restricted requires RuntimeDefault or Localhost on the pod, or on every container',
        remedy: 'set `seccomp: SeccompMode.RUNTIME_DEFAULT` or SeccompMode.localhost(profile) on a SeccompSecured workload; for a whole app, use '
          + 'SeccompPolicy',
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests finds pod-security-seccomp',
    source: 'https://github.com/hashicorp/vault-k8s/pull/416',
  },
  {
    id: 'seccomp-type-invalid',
    summary: 'a seccompProfile has no type, or an unknown one',
    texts: ['seccompProfile.type: Required value', 'seccompProfile.type: Unsupported value', 'type is required when seccompProfile is set'],
    causes: [
      certain({
        cause: 'the type is not one of Unconfined, RuntimeDefault and Localhost',
        remedy: 'use SeccompMode, which writes the type',
      }),
    ],
    check: 'kubectl get pod -o yaml: seccompProfile',
    source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
  },
  {
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
        remedy: 'use SeccompMode.RUNTIME_DEFAULT with restricted-v2 (OpenShift 4.11); for a Localhost profile, make a constraint with '
          + 'localhost/PATH in seccompProfiles, and grant it to the service account',
      }),
    ],
    check: 'oc get scc -o custom-columns=NAME:.metadata.name,SECCOMP:.seccompProfiles; with a policy: kubectl get psp',
    source: 'https://docs.openshift.com/container-platform/4.11/security/seccomp-profiles.html',
  },
];
