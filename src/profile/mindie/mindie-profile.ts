import { hardeningRules } from './hardening';
import { HardeningGroup } from './hardening-group';
import { check, listOf, optional, structOf, TEXT } from '../../private/arguments';
import { SeccompArchitecture } from '../document/architecture';
import { SeccompProfile } from '../seccomp-profile';
import { SyscallRule } from '../syscall-rule';

/**
 * Changes to a hardened profile.
 */
export interface HardeningOptions {
  /**
   * Groups to allow again, as in the reference.
   *
   * @default - none: every group is denied
   */
  readonly allow?: HardeningGroup[];
}

/**
 * Profiles for MindIE Motor, LLM inference on Ascend NPUs.
 *
 * Each is a denylist. A node whose libseccomp is older than a name does not deny that call; see the guide "MindIE's profiles".
 */
export class MindieProfile {
  /**
   * The reference profile of MindIE Motor's guide "Pod permissions: seccomp and clone3", value for value: 25 dangerous calls
   * fail with EPERM, and all others are allowed.
   *
   * It lists architectures of both byte orders, so no runtime can load the whole document: `forNode` returns the document for one kind of node,
   * and `MindieProfileDaemonSet` installs the right one on each.
   */
  public static reference(): SeccompProfile {
    return SeccompProfile.denylist({ architectures: ARCHITECTURES, rules: referenceRules() });
  }

  /**
   * The reference without its known bypasses: it also denies calls with the same power as the 25, and others that inference does not need.
   * `HardeningGroup` names and explains them.
   *
   * Threads start with every C library, and the calls of the NPU stack stay allowed: NUMA policies, page migration, copies between processes.
   *
   * It serves the same nodes as the reference. On s390x clone has its flags in another argument: take the document for such a node from `forNode`
   * of this value, not from its JSON text, which can test only one of the two.
   *
   * @param props groups to allow again
   */
  public static hardened(props: HardeningOptions = {}): SeccompProfile {
    check(HARDENING_OPTIONS, props, '');
    return SeccompProfile.denylist({ architectures: ARCHITECTURES, rules: [...referenceRules(), ...hardeningRules(props.allow ?? [])] });
  }

  /**
   * `hardened` for a pod to debug: gdb, strace, perf and py-spy work on its processes. Use it only temporarily, not in production: an attacker
   * who controls one process can control the others of the same user.
   *
   * @param props groups to allow again
   */
  public static debugging(props: HardeningOptions = {}): SeccompProfile {
    check(HARDENING_OPTIONS, props, '');
    const siblings = [HardeningGroup.PROCESS_ACCESS, HardeningGroup.PROCESS_COMPARISON];
    return MindieProfile.hardened({ allow: [...props.allow ?? [], ...siblings] }).withoutSyscalls(['ptrace', 'personality', 'perf_event_open']);
  }

  private constructor() {}
}

const HARDENING_OPTIONS = structOf({ allow: optional(listOf(TEXT)) });

const ARCHITECTURES = [
  SeccompArchitecture.X86_64,
  SeccompArchitecture.X86,
  SeccompArchitecture.X32,
  SeccompArchitecture.AARCH64,
  SeccompArchitecture.ARM,
  SeccompArchitecture.MIPS,
  SeccompArchitecture.MIPS64,
  SeccompArchitecture.MIPS64N32,
  SeccompArchitecture.MIPSEL,
  SeccompArchitecture.MIPSEL64,
  SeccompArchitecture.MIPSEL64N32,
  SeccompArchitecture.PPC64LE,
  SeccompArchitecture.S390X,
  SeccompArchitecture.RISCV64,
];

function referenceRules(): SyscallRule[] {
  return [
    SyscallRule.deny(
      'bpf', 'kexec_file_load', 'kexec_load', 'open_by_handle_at', 'perf_event_open', 'personality', 'pivot_root', 'ptrace',
      'reboot', 'setdomainname', 'sethostname', 'setns', 'syslog', 'unshare',
    ),
    SyscallRule.deny('finit_module', 'init_module', 'delete_module'),
    SyscallRule.deny('mount', 'umount', 'umount2'),
    SyscallRule.deny('adjtimex', 'clock_adjtime', 'clock_settime', 'settimeofday', 'stime'),
  ];
}
