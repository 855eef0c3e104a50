/** Outcome of a policy for a pod. */
export enum SeccompPolicyOutcome {
  /** The pod has the mode of the policy. */
  SET = 'set',
  /** The pod keeps the mode that it sets itself. */
  KEPT = 'kept',
  /** The policy did not touch the pod: it is privileged, or runs on Windows. */
  SKIPPED = 'skipped',
}

/**
 * Decision of a policy about one pod or pod template.
 */
export interface SeccompPolicyDecision {
  /** Path of the construct in the app. */
  readonly construct: string;
  /** Kind and name of the resource: `Deployment engine`. */
  readonly resource: string;
  /** Path of the pod spec in the resource: `spec.template.spec`. */
  readonly path: string;
  /** Outcome for the pod. */
  readonly outcome: SeccompPolicyOutcome;
  /** Mode of the pod afterwards, such as `Localhost profiles/app.json`; empty if it has none. */
  readonly mode: string;
  /** Reason for the outcome, and the modes that were set before. */
  readonly reason: string;
}
