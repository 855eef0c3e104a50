import { certain } from '../causes';
import { Symptom } from '../symptom';

/** An API server, or what it asks, refuses a pod. */
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
        cause: 'the policy of this cluster (SeccompAdmissionPolicy, Kyverno, Gatekeeper) allows other modes or profiles',
        remedy: 'use one that it allows, or add it to `allowed` of SeccompAdmissionPolicy',
      }),
    ],
    check: 'the message names what is expected; kubectl get validatingadmissionpolicies',
    source: 'https://github.com/nais/unleasherator/pull/113',
  },
  {
    id: 'localhost-profile-path-invalid',
    summary: 'the path of a profile is not one that a kubelet takes',
    texts: ['localhostProfile…must be a relative path', "localhostProfile…must not contain '..'"],
    causes: [
      certain({
        cause: "the path begins with a slash, or leads upwards: it is relative to the kubelet's seccomp directory",
        remedy: "SeccompMode.localhostPath('profiles/x.json') checks it at synth",
      }),
    ],
    check: 'kubectl get pod -o yaml: localhostProfile',
    source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
  },
  {
    id: 'localhost-profile-superfluous',
    summary: 'a profile is named by a mode that has none',
    texts: ['can only be set when seccomp type is Localhost'],
    causes: [
      certain({
        cause: '`localhostProfile` stands beside a type that is not Localhost',
        remedy: 'SeccompMode writes the two as they belong together',
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
        remedy: "SeccompMode.localhost(profile) or SeccompMode.localhostPath('profiles/x.json') writes both",
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests says localhost-without-path',
    source: 'https://github.com/kubernetes/kubernetes/pull/117020',
  },
  {
    id: 'pod-security-annotation',
    summary: 'Pod Security refuses an annotation',
    texts: ['forbidden annotation…seccomp'],
    causes: [
      certain({
        cause: 'before Kubernetes 1.19 the mode stood in annotations, and this one says unconfined',
        remedy: 'write the field instead: SeccompSecured workloads do; `cdk8s-seccomp check` says annotation-only',
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
        cause: 'from the level baseline on, no pod and no container may say Unconfined',
        remedy: 'SeccompMode.RUNTIME_DEFAULT or SeccompMode.localhost(profile); SeccompPolicy for a whole app',
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests says pod-security-seccomp',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  {
    id: 'pod-security-unset',
    summary: 'Pod Security asks for a mode',
    texts: ['must set securityContext.seccompProfile.type to'],
    causes: [
      certain({
        cause: 'the level restricted asks for RuntimeDefault or Localhost on the pod, or on every container',
        remedy: '`seccomp: SeccompMode.RUNTIME_DEFAULT` or SeccompMode.localhost(profile) on a SeccompSecured workload; SeccompPolicy for a '
          + 'whole app',
      }),
    ],
    check: '`cdk8s-seccomp check` on the manifests says pod-security-seccomp',
    source: 'https://github.com/hashicorp/vault-k8s/pull/416',
  },
  {
    id: 'seccomp-type-invalid',
    summary: 'a seccompProfile has no type, or an unknown one',
    texts: ['seccompProfile.type: Required value', 'seccompProfile.type: Unsupported value', 'type is required when seccompProfile is set'],
    causes: [
      certain({
        cause: 'the type is one of Unconfined, RuntimeDefault, Localhost',
        remedy: 'SeccompMode writes it',
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
        remedy: 'SeccompMode.RUNTIME_DEFAULT with restricted-v2 (OpenShift 4.11); for a Localhost profile, a constraint of its own with '
          + 'localhost/PATH in seccompProfiles, granted to the service account',
      }),
    ],
    check: 'oc get scc -o custom-columns=NAME:.metadata.name,SECCOMP:.seccompProfiles; with a policy: kubectl get psp',
    source: 'https://docs.openshift.com/container-platform/4.11/security/seccomp-profiles.html',
  },
];
