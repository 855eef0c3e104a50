import { Symptom } from './symptom';
import { actionUnknown } from './symptoms/action-unknown';
import { admissionPolicyDenied } from './symptoms/admission-policy-denied';
import { agentUnreachable } from './symptoms/agent-unreachable';
import { annotationContradictsField } from './symptoms/annotation-contradicts-field';
import { aptInvalidSignature } from './symptoms/apt-invalid-signature';
import { architectureUnknown } from './symptoms/architecture-unknown';
import { architecturesMixedEndian } from './symptoms/architectures-mixed-endian';
import { argumentIndexInvalid } from './symptoms/argument-index-invalid';
import { aslrNotDisabled } from './symptoms/aslr-not-disabled';
import { auditRecord } from './symptoms/audit-record';
import { badSystemCall } from './symptoms/bad-system-call';
import { bpfNotPermitted } from './symptoms/bpf-not-permitted';
import { callNameEmpty } from './symptoms/call-name-empty';
import { cgoThreadEagain } from './symptoms/cgo-thread-eagain';
import { cgoThreadEperm } from './symptoms/cgo-thread-eperm';
import { clockNotPermitted } from './symptoms/clock-not-permitted';
import { containerStartDenied } from './symptoms/container-start-denied';
import { cppThreadEagain } from './symptoms/cpp-thread-eagain';
import { cppThreadEperm } from './symptoms/cpp-thread-eperm';
import { createContainerError } from './symptoms/create-container-error';
import { curlResolverThreadFailed } from './symptoms/curl-resolver-thread-failed';
import { errnoOutOfRange } from './symptoms/errno-out-of-range';
import { errnoWithoutErrnoAction } from './symptoms/errno-without-errno-action';
import { exitCode159 } from './symptoms/exit-code-159';
import { exitCode31 } from './symptoms/exit-code-31';
import { filterMemoryExhausted } from './symptoms/filter-memory-exhausted';
import { filterNotLoaded } from './symptoms/filter-not-loaded';
import { flagsUnsupported } from './symptoms/flags-unsupported';
import { forkEagain } from './symptoms/fork-eagain';
import { goThreadEagain } from './symptoms/go-thread-eagain';
import { goThreadEperm } from './symptoms/go-thread-eperm';
import { installerFileChanged } from './symptoms/installer-file-changed';
import { installerLinkInTheWay } from './symptoms/installer-link-in-the-way';
import { installerNoDocument } from './symptoms/installer-no-document';
import { installerNoProfile } from './symptoms/installer-no-profile';
import { installerNodeNotMarked } from './symptoms/installer-node-not-marked';
import { installerNotInstalled } from './symptoms/installer-not-installed';
import { installerPathInvalid } from './symptoms/installer-path-invalid';
import { installerRecordNotWritten } from './symptoms/installer-record-not-written';
import { installerSourceChanged } from './symptoms/installer-source-changed';
import { installerTargetGone } from './symptoms/installer-target-gone';
import { ioUringNotPermitted } from './symptoms/io-uring-not-permitted';
import { javaThreadEagain } from './symptoms/java-thread-eagain';
import { javaThreadEperm } from './symptoms/java-thread-eperm';
import { javaThreadOutOfMemory } from './symptoms/java-thread-out-of-memory';
import { localhostProfilePathInvalid } from './symptoms/localhost-profile-path-invalid';
import { localhostProfileSuperfluous } from './symptoms/localhost-profile-superfluous';
import { localhostProfileUnset } from './symptoms/localhost-profile-unset';
import { mountNotPermitted } from './symptoms/mount-not-permitted';
import { namespaceNotPermitted } from './symptoms/namespace-not-permitted';
import { nodeThreadCreateFailed } from './symptoms/node-thread-create-failed';
import { notifyUnusable } from './symptoms/notify-unusable';
import { numaNotPermitted } from './symptoms/numa-not-permitted';
import { ociSeccompFailed } from './symptoms/oci-seccomp-failed';
import { openblasThreadEagain } from './symptoms/openblas-thread-eagain';
import { openblasThreadEperm } from './symptoms/openblas-thread-eperm';
import { openmpThreadEagain } from './symptoms/openmp-thread-eagain';
import { openmpThreadEperm } from './symptoms/openmp-thread-eperm';
import { operatorUnknown } from './symptoms/operator-unknown';
import { perfNotPermitted } from './symptoms/perf-not-permitted';
import { pidsLimitReached } from './symptoms/pids-limit-reached';
import { podSecurityAnnotation } from './symptoms/pod-security-annotation';
import { podSecurityUnconfined } from './symptoms/pod-security-unconfined';
import { podSecurityUnset } from './symptoms/pod-security-unset';
import { posixSpawnNotPermitted } from './symptoms/posix-spawn-not-permitted';
import { priorityClassQuotaMissing } from './symptoms/priority-class-quota-missing';
import { probeCloneDenied } from './symptoms/probe-clone-denied';
import { probeClone3Denied } from './symptoms/probe-clone3-denied';
import { probeKilled } from './symptoms/probe-killed';
import { probeLimitReached } from './symptoms/probe-limit-reached';
import { probeThreadsStart } from './symptoms/probe-threads-start';
import { probeUndecided } from './symptoms/probe-undecided';
import { profileFileMissing } from './symptoms/profile-file-missing';
import { profileFileUnreadable } from './symptoms/profile-file-unreadable';
import { profileNotJson } from './symptoms/profile-not-json';
import { ptraceNotPermitted } from './symptoms/ptrace-not-permitted';
import { pythonCannotStartThread } from './symptoms/python-cannot-start-thread';
import { redisBackgroundJobs } from './symptoms/redis-background-jobs';
import { rubyThreadEagain } from './symptoms/ruby-thread-eagain';
import { rubyThreadEperm } from './symptoms/ruby-thread-eperm';
import { ruleEqualsDefault } from './symptoms/rule-equals-default';
import { rulePermissionDenied } from './symptoms/rule-permission-denied';
import { rulesConflict } from './symptoms/rules-conflict';
import { rustThreadEagain } from './symptoms/rust-thread-eagain';
import { rustThreadEperm } from './symptoms/rust-thread-eperm';
import { seccompNotSupported } from './symptoms/seccomp-not-supported';
import { seccompTypeInvalid } from './symptoms/seccomp-type-invalid';
import { securityContextConstraint } from './symptoms/security-context-constraint';
import { systemReturns32512 } from './symptoms/system-returns-32512';
import { threadCreateEagain } from './symptoms/thread-create-eagain';
import { threadCreateEperm } from './symptoms/thread-create-eperm';
import { threadPointerNotPermitted } from './symptoms/thread-pointer-not-permitted';
import { userfaultfdNotPermitted } from './symptoms/userfaultfd-not-permitted';

/** Every symptom, in alphabetical order. */
export const SYMPTOMS: readonly Symptom[] = [
  actionUnknown,
  admissionPolicyDenied,
  agentUnreachable,
  annotationContradictsField,
  aptInvalidSignature,
  architectureUnknown,
  architecturesMixedEndian,
  argumentIndexInvalid,
  aslrNotDisabled,
  auditRecord,
  badSystemCall,
  bpfNotPermitted,
  callNameEmpty,
  cgoThreadEagain,
  cgoThreadEperm,
  clockNotPermitted,
  containerStartDenied,
  cppThreadEagain,
  cppThreadEperm,
  createContainerError,
  curlResolverThreadFailed,
  errnoOutOfRange,
  errnoWithoutErrnoAction,
  exitCode159,
  exitCode31,
  filterMemoryExhausted,
  filterNotLoaded,
  flagsUnsupported,
  forkEagain,
  goThreadEagain,
  goThreadEperm,
  installerFileChanged,
  installerLinkInTheWay,
  installerNoDocument,
  installerNoProfile,
  installerNodeNotMarked,
  installerNotInstalled,
  installerPathInvalid,
  installerRecordNotWritten,
  installerSourceChanged,
  installerTargetGone,
  ioUringNotPermitted,
  javaThreadEagain,
  javaThreadEperm,
  javaThreadOutOfMemory,
  localhostProfilePathInvalid,
  localhostProfileSuperfluous,
  localhostProfileUnset,
  mountNotPermitted,
  namespaceNotPermitted,
  nodeThreadCreateFailed,
  notifyUnusable,
  numaNotPermitted,
  ociSeccompFailed,
  openblasThreadEagain,
  openblasThreadEperm,
  openmpThreadEagain,
  openmpThreadEperm,
  operatorUnknown,
  perfNotPermitted,
  pidsLimitReached,
  podSecurityAnnotation,
  podSecurityUnconfined,
  podSecurityUnset,
  posixSpawnNotPermitted,
  priorityClassQuotaMissing,
  probeCloneDenied,
  probeClone3Denied,
  probeKilled,
  probeLimitReached,
  probeThreadsStart,
  probeUndecided,
  profileFileMissing,
  profileFileUnreadable,
  profileNotJson,
  ptraceNotPermitted,
  pythonCannotStartThread,
  redisBackgroundJobs,
  rubyThreadEagain,
  rubyThreadEperm,
  ruleEqualsDefault,
  rulePermissionDenied,
  rulesConflict,
  rustThreadEagain,
  rustThreadEperm,
  seccompNotSupported,
  seccompTypeInvalid,
  securityContextConstraint,
  systemReturns32512,
  threadCreateEagain,
  threadCreateEperm,
  threadPointerNotPermitted,
  userfaultfdNotPermitted,
];
