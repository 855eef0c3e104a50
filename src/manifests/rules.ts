import { ManifestRule } from './rule';
import { annotationContradictsField } from './rules/annotation-contradicts-field';
import { annotationOnly } from './rules/annotation-only';
import { containerWeakensPod } from './rules/container-weakens-pod';
import { installerNamespaceRestricted } from './rules/installer-namespace-restricted';
import { localhostProfileNotDistributed } from './rules/localhost-profile-not-distributed';
import { localhostWithoutPath } from './rules/localhost-without-path';
import { podSecuritySeccomp } from './rules/pod-security-seccomp';
import { profileIgnoredPrivileged } from './rules/profile-ignored-privileged';
import { profileLint } from './rules/profile-lint';
import { seccompUnconfined } from './rules/seccomp-unconfined';
import { seccompUnset } from './rules/seccomp-unset';
import { workloadThreadsCannotStart } from './rules/workload-threads-cannot-start';

/** Every rule over manifests, in alphabetical order. */
export const MANIFEST_RULES: readonly ManifestRule[] = [
  annotationContradictsField,
  annotationOnly,
  containerWeakensPod,
  installerNamespaceRestricted,
  localhostProfileNotDistributed,
  localhostWithoutPath,
  podSecuritySeccomp,
  profileIgnoredPrivileged,
  profileLint,
  seccompUnconfined,
  seccompUnset,
  workloadThreadsCannotStart,
];
