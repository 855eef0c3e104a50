import { Duration } from 'cdk8s';
import { DaemonSetUpdate } from './daemon-set-update';
import { GitOps } from './git-ops';
import { InstallerLogFormat } from './installer-log-format';
import { NodeGate } from './node-gate/node-gate';
import { PriorityClassQuota } from './priority-class-quota';
import { ProfileVersioning } from './profile-versioning';
import { ProfilesOnDelete } from './profiles-on-delete';
import { LINT_OPTIONS } from '../lint/options-shape';
import { instanceOf, listOf, memberOf, NUMBER, optional, structOf, TEXT } from '../private/arguments';
import { NAMES, NODE } from '../profile/argument-shapes';
import { PROFILE } from '../profile/seccomp-profile';
import { LABELS, NODES, RESOURCES } from '../workloads/pod-shapes';

const DURATION = instanceOf(Duration, 'a Duration such as Duration.minutes(5)');

/** Shape of the properties of a `SeccompProfileDaemonSet` and a `MindieProfileDaemonSet`. */
export const DAEMON_SET = structOf({
  ...NODES,
  annotations: optional(LABELS),
  gitOps: optional(instanceOf(GitOps, 'a GitOps such as GitOps.argoCd()')),
  image: optional(TEXT),
  imagePullSecrets: optional(NAMES),
  kubeletRoot: optional(TEXT),
  labels: optional(LABELS),
  lint: optional(LINT_OPTIONS),
  logFormat: optional(memberOf(InstallerLogFormat)),
  namespace: optional(TEXT),
  nodeGate: optional(instanceOf(NodeGate, 'a NodeGate such as NodeGate.nodeFeatureDiscovery()')),
  onDelete: optional(memberOf(ProfilesOnDelete)),
  priorityClassName: optional(TEXT),
  priorityClassQuota: optional(memberOf(PriorityClassQuota)),
  profile: optional(PROFILE),
  profiles: optional(listOf(structOf({ path: TEXT, profile: PROFILE }))),
  resources: optional(RESOURCES),
  resync: optional(DURATION),
  retain: optional(NUMBER),
  retainFor: optional(DURATION),
  seLinuxType: optional(TEXT),
  update: optional(instanceOf(DaemonSetUpdate, 'a DaemonSetUpdate such as DaemonSetUpdate.onDelete()')),
  versioning: optional(memberOf(ProfileVersioning)),
});

/** Shape of the properties of a `SecurityProfilesOperatorProfile`. */
export const OPERATOR_PROFILE = structOf({
  annotations: optional(LABELS),
  labels: optional(LABELS),
  lint: optional(LINT_OPTIONS),
  name: optional(TEXT),
  namespace: optional(TEXT),
  nodes: optional(listOf(NODE)),
  operatorVersion: optional(TEXT),
  profile: PROFILE,
});
