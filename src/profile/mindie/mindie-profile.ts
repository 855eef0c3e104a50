import { hardeningRules } from './hardening';
import { HardeningGroup } from './hardening-group';
import { check, listOf, optional, structOf, TEXT } from '../../private/arguments';
import { SeccompArchitecture } from '../document/architecture';
import { SeccompProfile } from '../seccomp-profile';
import { SyscallRule } from '../syscall-rule';

/**
 * How far to depart from the reference profile.
 */
export interface HardeningOptions {
  /**
   * Groups that are allowed again, as they are in the reference.
   *
   * @default - none: every group is denied
   */
  readonly allow?: HardeningGroup[];
}

/**
 * Profiles for MindIE Motor, LLM inference on Ascend NPUs.
 *
 * Each allows everything but what it names. On nodes with a libseccomp older than a name, that name is not denied; see the guide
 * "MindIE's profiles".
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
    return SeccompProfile.denylist({ architectures: ARCHITECTURES, rules: referenceRules() });
  }

  /**
   * The reference with its holes closed: besides its 25 calls, those that have the same power are denied, and others that no inference
   * needs. `HardeningGroup` names and explains them.
   *
   * Threads start with every C library, and what the NPU stack uses stays allowed: NUMA policies, page migration, copies between processes.
   *
   * It serves the same nodes as the reference. On s390x clone's flags are another argument: take the document for such a node from
   * `forNode` of this value, not from its JSON text, which can say one argument only.
   *
   * @param props groups that are allowed again
   */
  public static hardened(props: HardeningOptions = {}): SeccompProfile {
    check(HARDENING_OPTIONS, props, '');
    return SeccompProfile.denylist({ architectures: ARCHITECTURES, rules: [...referenceRules(), ...hardeningRules(props.allow ?? [])] });
  }

  /**
   * `hardened` for a pod that is being looked into: gdb, strace, perf and py-spy work on its processes. For a time, not for production:
   * whoever takes over one process can take over the others of the same user.
   *
   * @param props groups that are allowed again
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
