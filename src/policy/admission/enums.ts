/** What becomes of a request that a policy is against. */
export enum AdmissionAction {
  /** It is refused. */
  DENY = 'Deny',
  /** Whoever makes it is warned. */
  WARN = 'Warn',
  /** It is noted in the audit log of the API server. */
  AUDIT = 'Audit',
}

/** What becomes of a request that a policy cannot judge, for instance because it has too many containers for the limit on CEL's work. */
export enum AdmissionFailurePolicy {
  /** As if the policy were against it. */
  FAIL = 'Fail',
  /** It passes. */
  IGNORE = 'Ignore',
}

/** Version of the API of ValidatingAdmissionPolicy. */
export enum AdmissionApiVersion {
  /** For Kubernetes 1.30 and later. */
  V1 = 'v1',
  /** For Kubernetes 1.28 and 1.29, where the API server needs `--feature-gates=ValidatingAdmissionPolicy=true` and the API switched on. */
  V1BETA1 = 'v1beta1',
}
