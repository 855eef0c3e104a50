import { SeccompAction } from './document/action';
import { SeccompArchitecture } from './document/architecture';
import { DocumentRule, ProfileDocument } from './document/document';
import { checkName, SyscallRule } from './syscall-rule';
import { ENOSYS } from '../syscalls/errnos';

/**
 * Options of a profile that allows every call except those that it denies.
 */
export interface DenylistOptions {
  /**
   * Calls that fail with EPERM.
   *
   * @default - none
   */
  readonly denied?: string[];

  /**
   * More rules, such as `SyscallRule.enosys('clone3')`.
   *
   * @default - none
   */
  readonly rules?: SyscallRule[];

  /**
   * Architectures of the profile. Programs of other architectures are killed.
   *
   * @default - those of amd64 and arm64 nodes
   */
  readonly architectures?: SeccompArchitecture[];
}

/**
 * Options of a profile that denies every call except those that it allows.
 */
export interface AllowlistOptions {
  /** Calls that are executed. */
  readonly allowed: string[];

  /**
   * More rules.
   *
   * @default - none
   */
  readonly rules?: SyscallRule[];

  /**
   * Architectures of the profile. Programs of other architectures are killed.
   *
   * @default - those of amd64 and arm64 nodes
   */
  readonly architectures?: SeccompArchitecture[];

  /**
   * Errno of all other calls, 0 to 4094.
   *
   * With ENOSYS, programs fall back from a newer call to an older one on every runtime. With EPERM they do so only under runc, and only for
   * calls above the largest number that the profile names.
   *
   * @default 38 (ENOSYS)
   */
  readonly defaultErrno?: number;
}

const { X86_64, X86, X32, AARCH64, ARM } = SeccompArchitecture;
const DEFAULT_ARCHITECTURES = [X86_64, X86, X32, AARCH64, ARM];

export function denylistDocument({ denied = [], rules = [], architectures = DEFAULT_ARCHITECTURES }: DenylistOptions): ProfileDocument {
  return {
    defaultAction: SeccompAction.ALLOW.value,
    architectures: architectures.map(String),
    syscalls: [...denied.length > 0 ? [SyscallRule.deny(...denied)] : [], ...rules].flatMap(rule => rule._toDocument()),
  };
}

export function allowlistDocument(props: AllowlistOptions): ProfileDocument {
  const { allowed, rules = [], architectures = DEFAULT_ARCHITECTURES, defaultErrno = ENOSYS } = props;
  return {
    defaultAction: SeccompAction.ERRNO.value,
    defaultErrnoRet: defaultErrno,
    architectures: architectures.map(String),
    syscalls: [SyscallRule.allow(...allowed), ...rules].flatMap(rule => rule._toDocument()),
  };
}

/** Returns the document without any rule for these calls. */
export function withoutSyscalls(document: ProfileDocument, names: readonly string[]): ProfileDocument {
  names.forEach(checkName);
  const syscalls = document.syscalls
    ?.map(rule => ({ ...rule, names: rule.names.filter(name => !names.includes(name)) }))
    .filter(rule => rule.names.length > 0);
  return { ...document, ...(syscalls && { syscalls }) };
}

/** Returns the document in which this rule replaces all others for its calls. */
export function withRule(document: ProfileDocument, rule: DocumentRule): ProfileDocument {
  const rest = withoutSyscalls(document, rule.names);
  return { ...rest, syscalls: [...rest.syscalls ?? [], rule] };
}
