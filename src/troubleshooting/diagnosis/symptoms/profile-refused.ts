import { certain, likely, LINT_CHECK, possible } from '../causes';
import { Symptom } from '../symptom';

/** Symptoms of a profile that a runtime or libseccomp refuses. */
export const PROFILE_REFUSED: readonly Symptom[] = [
  {
    id: 'action-unknown',
    summary: 'the runtime does not know an action of the profile',
    texts: [
      'is not a valid action for seccomp',
      'invalid seccomp action',
      'seccomp misses the default action',
      "Required field 'defaultAction' not present",
    ],
    causes: [
      likely({
        cause: 'the action is misspelt, missing, or newer than the runtime: SCMP_ACT_NOTIFY and KILL_PROCESS need runc 1.1, LOG needs 1.0',
        remedy: 'use an action that the runtime knows, or upgrade the runtime: `cdk8s-seccomp lint --target runtime=runc@VERSION FILE`',
      }),
    ],
    check: 'runc --version on the node',
    source: 'https://github.com/kinvolk/seccompagent/pull/32',
  },
  {
    id: 'architecture-unknown',
    summary: 'the runtime does not know an architecture of the profile',
    texts: ['is not a valid arch for seccomp', 'seccomp unknown architecture', 'to seccomp filter: architecture…is not supported on this version of the library'],
    causes: [
      certain({
        cause: 'the name is misspelt, or newer than the runtime: SCMP_ARCH_RISCV64 needs runc 1.1.8',
        remedy: 'use SeccompProfileDaemonSet, which gives each node only the architectures that it runs, or `cdk8s-seccomp for-node FILE amd64`',
      }),
    ],
    check: `runc --version on the node; ${LINT_CHECK}: architecture-unknown-to-runtime`,
    source: 'https://github.com/moby/moby/pull/23439',
    subject: { begin: 'string ', end: ' is not' },
  },
  {
    id: 'architectures-mixed-endian',
    summary: 'the profile lists architectures of both byte orders',
    texts: ['adding architecture…argument out of domain', 'seccomp…numerical argument out of domain'],
    causes: [
      certain({
        cause: 'libseccomp puts no big- and little-endian architectures into the same filter (EDOM): no runtime loads such a list on any node',
        remedy: 'give each node its own list, with SeccompProfileDaemonSet or `cdk8s-seccomp for-node FILE amd64`',
      }),
    ],
    check: `${LINT_CHECK}: mixed-endian-architectures`,
    source: 'https://github.com/opencontainers/runc/issues/4835',
    calls: ['execve'],
  },
  {
    id: 'argument-index-invalid',
    summary: 'a condition tests an argument that no call has',
    texts: ['syscalls only have up to 6 arguments', 'invalid seccomp index'],
    causes: [
      certain({
        cause: 'the index of a condition is above 5',
        remedy: 'use an index from 0 to 5; `cdk8s-seccomp lint FILE` shows the place',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/containers/crun/pull/2236',
  },
  {
    id: 'call-name-empty',
    summary: 'a rule has an empty call name, or none',
    texts: ['empty string is not a valid syscall', 'invalid seccomp syscall'],
    causes: [
      likely({
        cause: 'a name is empty, or the profile has `names` where an old Docker expects `name`',
        remedy: 'write `names`: ["…"], or upgrade Docker',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/moby/moby/issues/27978',
  },
  {
    id: 'errno-out-of-range',
    summary: 'an `errnoRet` is not a valid errno',
    texts: ['two checks on same syscall argument', 'seccomp_rule_add…Invalid argument'],
    causes: [
      likely({
        cause: 'an `errnoRet` is 4095 or more; the message of runc about arguments is misleading',
        remedy: 'use an errno below 4095: `cdk8s-seccomp lint` finds invalid-errno',
      }),
      possible({
        cause: 'one rule tests an argument twice',
        remedy: 'write two rules: `cdk8s-seccomp lint` finds same-argument-twice',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/seccomp/libseccomp-golang/blob/v0.10.0/seccomp_internal.go',
  },
  {
    id: 'errno-without-errno-action',
    summary: 'an action that returns no errno has an `errnoRet`',
    texts: ['errno value specified for action'],
    causes: [
      certain({
        cause: 'crun refuses `errnoRet` with any action except ERRNO and TRACE; runc ignores it',
        remedy: 'remove it: `cdk8s-seccomp lint` finds errno-without-errno-action',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/containers/crun/pull/680',
  },
  {
    id: 'flags-unsupported',
    summary: 'the runtime does not support flags, or not this one',
    texts: [
      'seccomp flags are not yet supported by runc',
      'seccomp flag…is not known to runc',
      'unknown seccomp option',
      'adding SSB flag to seccomp filter',
      'adding WaitKill flag to seccomp filter',
    ],
    causes: [
      certain({
        cause: 'runc before 1.2 refuses a profile with flags; later ones refuse flags that they or their libseccomp do not know',
        remedy: 'remove `flags`, or upgrade the runtime: `cdk8s-seccomp lint` finds flag-unsupported-by-runtime',
      }),
    ],
    check: 'runc --version on the node, with libseccomp in its last line',
    source: 'https://github.com/opencontainers/runc/pull/3390',
  },
  {
    id: 'notify-unusable',
    summary: 'NOTIFY is used where it cannot be',
    texts: ['SCMP_ACT_NOTIFY cannot be used', 'listenerPath is not set'],
    causes: [
      certain({
        cause: 'NOTIFY is the default action, or the action for `write`, or the profile has no `listenerPath`',
        remedy: 'follow the fix that `cdk8s-seccomp lint` prints for notify-unusable',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
  },
  {
    id: 'operator-unknown',
    summary: 'the runtime does not know an operator of the profile',
    texts: ['is not a valid operator for seccomp', 'get_seccomp_operator', 'seccomp get operator'],
    causes: [
      certain({
        cause: 'the operator of a condition is misspelt',
        remedy: 'use SCMP_CMP_NE, LT, LE, EQ, GE, GT or MASKED_EQ; ArgumentTest writes them',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/config.go',
  },
  {
    id: 'profile-not-json',
    summary: 'the profile is not JSON, or not a profile',
    texts: ['decoding seccomp profile failed', 'cannot unmarshal…seccomp', 'unable to load local profile…invalid character'],
    causes: [
      likely({
        cause: 'the file is damaged or truncated, or has another shape: an array, a YAML document, a path',
        remedy: 'find the place with `cdk8s-seccomp lint FILE`; SeccompProfileDaemonSet installs only JSON objects',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/cri-o/cri-o/issues/1767',
  },
  {
    id: 'rule-equals-default',
    summary: 'the runtime refuses a rule with the same action as the default',
    texts: ['requested action matches default action of filter'],
    causes: [
      certain({
        cause: 'runc before 1.0.2 passes libseccomp rules that equal the default action, which libseccomp refuses',
        remedy: 'remove the rule (`cdk8s-seccomp lint` finds rule-equals-default), or upgrade runc',
      }),
    ],
    check: 'runc --version on the node',
    source: 'https://github.com/podman-container-tools/podman/issues/11029',
    subject: { begin: 'syscall ', end: ':' },
  },
  {
    id: 'rule-permission-denied',
    summary: 'libseccomp refuses a rule with EACCES',
    texts: ['adding seccomp filter rule for syscall…permission denied', 'adding seccomp rule for syscall…permission denied'],
    causes: [
      likely({
        cause: "runc before 1.0.0-rc91, often inside a vendor's runtime, ignores `errnoRet`, so the rule equals the default action",
        remedy: 'upgrade runc, and any runtime with its own copy of runc (nvidia-container-runtime, Ascend Docker Runtime)',
      }),
    ],
    check: 'which runtime the container uses, and its version: containerd config dump, docker info',
    source: 'https://github.com/containerd/containerd/issues/6203',
    subject: { begin: 'syscall ', end: ':' },
  },
  {
    id: 'rules-conflict',
    summary: 'two rules for the same call and condition have different actions',
    texts: ['adding seccomp filter rule for syscall…file exists', 'adding seccomp rule for syscall…file exists', 'seccomp_rule_add…File exists'],
    causes: [
      certain({
        cause: 'libseccomp refuses the second of two rules with equal conditions and different actions (EEXIST)',
        remedy: 'keep one of them: `cdk8s-seccomp lint` finds conflicting-rules; to combine two profiles, use `cdk8s-seccomp merge`',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
  },
];
