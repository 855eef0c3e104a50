import { SeccompProfile } from './seccomp-profile';

/**
 * Profiles for MindIE Motor, LLM inference on Ascend NPUs.
 */
export class MindieProfile {
  /**
   * The reference profile of MindIE Motor's guide "Pod permissions: seccomp and clone3", value for value: everything is allowed
   * but 25 dangerous calls, which fail with EPERM.
   *
   * It lists the architectures of many nodes, big- and little-endian, so no runtime can load it as it stands: `forNode` gives the
   * document for one kind of node, and `MindieProfileDaemonSet` installs the right one on each.
   */
  public static reference(): SeccompProfile {
    return SeccompProfile.fromJson({
      defaultAction: 'SCMP_ACT_ALLOW',
      architectures: [
        'SCMP_ARCH_X86_64',
        'SCMP_ARCH_X86',
        'SCMP_ARCH_X32',
        'SCMP_ARCH_AARCH64',
        'SCMP_ARCH_ARM',
        'SCMP_ARCH_MIPS',
        'SCMP_ARCH_MIPS64',
        'SCMP_ARCH_MIPS64N32',
        'SCMP_ARCH_MIPSEL',
        'SCMP_ARCH_MIPSEL64',
        'SCMP_ARCH_MIPSEL64N32',
        'SCMP_ARCH_PPC64LE',
        'SCMP_ARCH_S390X',
        'SCMP_ARCH_RISCV64',
      ],
      syscalls: [
        denied(
          'bpf', 'kexec_file_load', 'kexec_load', 'open_by_handle_at', 'perf_event_open', 'personality', 'pivot_root', 'ptrace',
          'reboot', 'setdomainname', 'sethostname', 'setns', 'syslog', 'unshare',
        ),
        denied('finit_module', 'init_module', 'delete_module'),
        denied('mount', 'umount', 'umount2'),
        denied('adjtimex', 'clock_adjtime', 'clock_settime', 'settimeofday', 'stime'),
      ],
    });
  }

  private constructor() {}
}

const EPERM = 1;

function denied(...names: string[]): object {
  return { names, action: 'SCMP_ACT_ERRNO', errnoRet: EPERM };
}
