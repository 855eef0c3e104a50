import { certain, likely, LINT_CHECK, possible } from '../causes';
import { Symptom } from '../symptom';

/** Symptoms of a container that does not start because of its node: files, kernel or runtime. */
export const CONTAINER_REFUSED: readonly Symptom[] = [
  {
    id: 'agent-unreachable',
    summary: 'the agent of a profile with SCMP_ACT_NOTIFY cannot be reached',
    texts: ['failed to connect with seccomp agent', 'open seccomp receiver'],
    causes: [
      certain({
        cause: "no agent listens at the profile's `listenerPath` on this node",
        remedy: 'start the agent before the pods that need it, or use a profile without SCMP_ACT_NOTIFY',
      }),
    ],
    check: 'on the node: ls -l the listenerPath',
    source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/process_linux.go',
  },
  {
    id: 'container-start-denied',
    summary: 'the filter denies calls that the runtime makes after it has loaded the filter',
    texts: [
      'exec container process…Operation not permitted',
      'container process is already dead',
      'cannot start an already running container',
      'cannot start a stopped process',
      'No error following JSON procError payload',
      'error closing exec fds…operation not permitted',
      // Above the largest call that the profile names, runc's stub answers ENOSYS.
      'error closing exec fds…function not implemented',
      'ensure /proc/self/fd is on procfs: operation not permitted',
      'readdirent /proc/self/fd: operation not permitted',
      'unsafe procfs detected…operation not permitted',
      'openat2…Operation not permitted…OCI runtime',
      'exec /…: operation not permitted',
    ],
    causes: [
      likely({
        cause: 'an allowlist lacks calls that the runtime itself needs: execve, openat, openat2, fstatfs, getdents64, statx, prctl, futex, '
          + 'exit_group and others',
        remedy: 'allow the calls that `cdk8s-seccomp lint` lists under container-cannot-start',
      }),
      possible({
        cause: 'AppArmor or another LSM denies the calls',
        remedy: 'change the policy of the LSM; dmesg on the node shows apparmor="DENIED"',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/moby/moby/issues/43730',
    calls: ['execve', 'openat', 'openat2', 'fstatfs', 'getdents64', 'statx', 'close', 'futex', 'write'],
  },
  {
    id: 'create-container-error',
    summary: 'a container is not created',
    texts: ['CreateContainerError', 'RunContainerError'],
    causes: [
      possible({
        cause: 'the full message has the cause: a missing profile, a profile that does not load, or a failure without seccomp',
        remedy: 'pass the whole output of kubectl describe pod, or of kubectl get events, to `cdk8s-seccomp diagnose`',
      }),
    ],
    check: 'kubectl describe pod POD | npx cdk8s-seccomp diagnose',
    source: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
    isGeneral: true,
  },
  {
    id: 'filter-memory-exhausted',
    summary: 'the kernel has no room for another filter',
    texts: ['loading seccomp filter into kernel…errno 524', 'seccomp…errno 524'],
    causes: [
      likely({
        cause: 'the memory for compiled filters (net.core.bpf_jit_limit) is used up by many containers, or by a kernel that leaks it',
        remedy: 'raise net.core.bpf_jit_limit on the node, upgrade its kernel, or restart it',
      }),
    ],
    check: 'on the node: sysctl net.core.bpf_jit_limit',
    source: 'https://github.com/concourse/concourse/issues/8739',
  },
  {
    id: 'filter-not-loaded',
    summary: 'the kernel refuses the filter',
    texts: ['loading seccomp filter into kernel', 'error loading seccomp filter', 'seccomp (SECCOMP_SET_MODE_FILTER)'],
    causes: [
      possible({
        cause: 'the kernel has no CONFIG_SECCOMP_FILTER, or does not know something in the profile',
        remedy: 'check the node with grep SECCOMP /boot/config-$(uname -r), and the profile with `cdk8s-seccomp lint FILE`',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/opencontainers/runc/issues/374',
  },
  {
    id: 'oci-seccomp-failed',
    summary: 'the runtime could not set up seccomp',
    texts: [
      'OCI runtime create failed…seccomp',
      'runc create failed…seccomp',
      'unable to init seccomp',
      'crun: seccomp',
      'setup seccomp:',
      'failed to generate seccomp…opts',
      'seccomp_rule_add',
      'adding seccomp filter rule',
      'adding seccomp rule',
    ],
    causes: [
      possible({
        cause: "the profile does not suit the node's runtime or libseccomp",
        remedy: 'run `cdk8s-seccomp lint --target runtime=runc@VERSION FILE` on the profile',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://github.com/containers/crun/issues/31',
    isGeneral: true,
  },
  {
    id: 'profile-file-missing',
    summary: "the profile's file is not on the node",
    texts: ['seccomp profile…no such file or directory', 'unable to load local profile…no such file or directory'],
    unless: ['seccomp agent'],
    causes: [
      certain({
        cause: 'the node does not have the file: it is not distributed, arrives after the pod, or is in another directory, or the kubelet has '
          + 'another root directory',
        remedy: 'distribute it with SeccompProfileDaemonSet, whose `nodeGate` keeps pods off nodes without it; if the file is only late, wait: the '
          + 'kubelet tries again',
      }),
    ],
    check: 'on the node of the pod: ls -l /var/lib/kubelet/seccomp/PATH; `cdk8s-seccomp check` on the manifests finds '
      + 'localhost-profile-not-distributed',
    source: 'https://github.com/rancher/rke2/issues/8312',
    subject: { begin: 'open ', end: ': no such' },
  },
  {
    id: 'profile-file-unreadable',
    summary: "the profile's file cannot be read",
    texts: ['cannot load seccomp profile', 'unable to load local profile', 'opening seccomp profile'],
    unless: ['no such file or directory', 'decoding seccomp profile'],
    causes: [
      likely({
        cause: 'the path is a directory or a broken link, or the runtime may not read it',
        remedy: 'use SeccompProfileDaemonSet, which writes a plain file with mode 0644 and logs what prevents it',
      }),
    ],
    check: 'on the node of the pod: ls -ld the path in the message, and every directory above',
    source: 'https://github.com/containerd/containerd/blob/v1.7.20/contrib/seccomp/seccomp.go',
    subject: { begin: 'seccomp profile "', end: '"' },
  },
  {
    id: 'seccomp-not-supported',
    summary: 'the node, or its runtime, has no seccomp',
    texts: [
      'config provided but seccomp not supported',
      'seccomp is not enabled in your kernel',
      'seccomp is not supported',
      'seccomp profiles are not supported',
      'seccomp not enabled in this build',
      'seccomp is not enabled, cannot run with a profile',
    ],
    causes: [
      likely({
        cause: 'runc was built without libseccomp, or the kernel without CONFIG_SECCOMP_FILTER',
        remedy: 'install another build of runc or the kernel; until then use SeccompMode.UNCONFINED on these nodes',
      }),
    ],
    check: 'on the node: grep SECCOMP /boot/config-$(uname -r); runc --version has a line for libseccomp',
    source: 'https://github.com/podman-container-tools/buildah/issues/467',
  },
];
