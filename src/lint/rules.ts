import { LintRule } from './rule';
import { architectureUnknownToRuntime } from './rules/architecture-unknown-to-runtime';
import { clone3ReliesOnRuncStub } from './rules/clone3-relies-on-runc-stub';
import { conditionsUnreliableInLibseccomp } from './rules/conditions-unreliable-in-libseccomp';
import { conflictingRules } from './rules/conflicting-rules';
import { containerCannotStart } from './rules/container-cannot-start';
import { debuggersBlocked } from './rules/debuggers-blocked';
import { denialsNotLogged } from './rules/denials-not-logged';
import { deniesNothing } from './rules/denies-nothing';
import { denylistGap } from './rules/denylist-gap';
import { dockerFormat } from './rules/docker-format';
import { errnoWithoutErrnoAction } from './rules/errno-without-errno-action';
import { errnoZero } from './rules/errno-zero';
import { fieldWithoutEffect } from './rules/field-without-effect';
import { flagUnsupportedByRuntime } from './rules/flag-unsupported-by-runtime';
import { invalidErrno } from './rules/invalid-errno';
import { invalidProfile } from './rules/invalid-profile';
import { ioUringBypass } from './rules/io-uring-bypass';
import { killThreadDefault } from './rules/kill-thread-default';
import { missingCompatAbi } from './rules/missing-compat-abi';
import { mixedEndianArchitectures } from './rules/mixed-endian-architectures';
import { namespacesThroughClone } from './rules/namespaces-through-clone';
import { noArchitectureForNode } from './rules/no-architecture-for-node';
import { notifyUnusable } from './rules/notify-unusable';
import { numaBlocked } from './rules/numa-blocked';
import { overlappingActions } from './rules/overlapping-actions';
import { ruleEqualsDefault } from './rules/rule-equals-default';
import { sameArgumentTwice } from './rules/same-argument-twice';
import { socketcallBypass } from './rules/socketcall-bypass';
import { syscallUnknownToRuntime } from './rules/syscall-unknown-to-runtime';
import { threadsCannotStart } from './rules/threads-cannot-start';
import { unknownField } from './rules/unknown-field';
import { unknownSyscall } from './rules/unknown-syscall';
import { unreachableRule } from './rules/unreachable-rule';
import { wideCompareOfNarrowArgument } from './rules/wide-compare-of-narrow-argument';

/** Every rule, in alphabetical order. */
export const RULES: readonly LintRule[] = [
  architectureUnknownToRuntime,
  clone3ReliesOnRuncStub,
  conditionsUnreliableInLibseccomp,
  conflictingRules,
  containerCannotStart,
  debuggersBlocked,
  denialsNotLogged,
  deniesNothing,
  denylistGap,
  dockerFormat,
  errnoWithoutErrnoAction,
  errnoZero,
  fieldWithoutEffect,
  flagUnsupportedByRuntime,
  invalidErrno,
  invalidProfile,
  ioUringBypass,
  killThreadDefault,
  missingCompatAbi,
  mixedEndianArchitectures,
  namespacesThroughClone,
  noArchitectureForNode,
  notifyUnusable,
  numaBlocked,
  overlappingActions,
  ruleEqualsDefault,
  sameArgumentTwice,
  socketcallBypass,
  syscallUnknownToRuntime,
  threadsCannotStart,
  unknownField,
  unknownSyscall,
  unreachableRule,
  wideCompareOfNarrowArgument,
];
