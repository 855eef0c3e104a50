/**
 * A seccomp profile as data: every field of the `LinuxSeccomp` object of the OCI runtime-spec 1.3, and one more, `s390Index` of a condition.
 *
 * A field that is absent in the document is absent here: runtimes treat an absent `defaultErrnoRet` or `architectures` differently from any
 * value.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export interface ProfileDocument {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  readonly architectures?: readonly string[];
  readonly flags?: readonly string[];
  readonly listenerPath?: string;
  readonly listenerMetadata?: string;
  readonly syscalls?: readonly DocumentRule[];
}

/** One entry of `syscalls`. */
export interface DocumentRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly ArgumentCondition[];
}

/** A condition on one argument of the call; values are unsigned 64-bit integers. */
export interface ArgumentCondition {
  readonly index: number;
  /** Index of the argument on s390, if it differs. A document has no field for it: `forNode` uses it, and it is not printed. */
  readonly s390Index?: number;
  readonly value: bigint;
  readonly valueTwo?: bigint;
  readonly op: string;
}

export const ACTIONS: readonly string[] = [
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL_THREAD',
  'SCMP_ACT_TRAP',
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_TRACE',
  'SCMP_ACT_ALLOW',
  'SCMP_ACT_LOG',
  'SCMP_ACT_NOTIFY',
];

export const OPERATORS: readonly string[] = [
  'SCMP_CMP_NE',
  'SCMP_CMP_LT',
  'SCMP_CMP_LE',
  'SCMP_CMP_EQ',
  'SCMP_CMP_GE',
  'SCMP_CMP_GT',
  'SCMP_CMP_MASKED_EQ',
];

export const FLAGS: readonly string[] = [
  'SECCOMP_FILTER_FLAG_TSYNC',
  'SECCOMP_FILTER_FLAG_LOG',
  'SECCOMP_FILTER_FLAG_SPEC_ALLOW',
  'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV',
];
