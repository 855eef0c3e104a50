/** What a policy did with a pod. */
export enum SeccompPolicyOutcome {
  /** The pod has the mode of the policy. */
  SET = 'set',
  /** The pod has what was written there before. */
  KEPT = 'kept',
  /** The policy did not touch the pod: it is privileged, or runs on Windows. */
  SKIPPED = 'skipped',
}

/**
 * What a policy did with one pod, or with what pods are made from.
 */
export interface SeccompPolicyDecision {
  /** Path of the construct in the app. */
  readonly construct: string;
  /** Kind and name of the resource: `Deployment engine`. */
  readonly resource: string;
  /** Where in the resource the pod spec is: `spec.template.spec`. */
  readonly path: string;
  /** What was done. */
  readonly outcome: SeccompPolicyOutcome;
  /** What the pod has now, such as `Localhost profiles/app.json`; empty if nothing. */
  readonly mode: string;
  /** Why, and what was there before. */
  readonly reason: string;
}
