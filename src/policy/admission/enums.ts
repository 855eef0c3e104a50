/** Action for a request that violates a policy. */
export enum AdmissionAction {
  /** Refuses the request. */
  DENY = 'Deny',
  /** Sends a warning to the client. */
  WARN = 'Warn',
  /** Notes the violation in the audit log of the API server. */
  AUDIT = 'Audit',
}

/** Treatment of a request that a policy cannot judge, for example because its pod has too many containers for CEL's cost limit. */
export enum AdmissionFailurePolicy {
  /** Treats the request as a violation. */
  FAIL = 'Fail',
  /** Lets the request pass. */
  IGNORE = 'Ignore',
}

/** Version of the API of ValidatingAdmissionPolicy. */
export enum AdmissionApiVersion {
  /** For Kubernetes 1.30 and later. */
  V1 = 'v1',
  /** For Kubernetes 1.28 and 1.29, where the API server needs `--feature-gates=ValidatingAdmissionPolicy=true` and the API switched on. */
  V1BETA1 = 'v1beta1',
}
