import { InputError, list, show } from '../private/errors';
import { ABIS } from '../syscalls/abis';

/**
 * An architecture of a seccomp profile: one system call ABI. A 64-bit node runs several of them.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export class Architecture {
  /** 32-bit x86. */
  public static readonly X86 = new Architecture('SCMP_ARCH_X86');
  /** 64-bit x86. */
  public static readonly X86_64 = new Architecture('SCMP_ARCH_X86_64');
  /** x86_64 with 32-bit pointers. */
  public static readonly X32 = new Architecture('SCMP_ARCH_X32');
  /** 32-bit ARM, EABI. */
  public static readonly ARM = new Architecture('SCMP_ARCH_ARM');
  /** 64-bit ARM. */
  public static readonly AARCH64 = new Architecture('SCMP_ARCH_AARCH64');
  /** 64-bit LoongArch. */
  public static readonly LOONGARCH64 = new Architecture('SCMP_ARCH_LOONGARCH64');
  /** Motorola 68000, big endian. */
  public static readonly M68K = new Architecture('SCMP_ARCH_M68K');
  /** MIPS o32, big endian. */
  public static readonly MIPS = new Architecture('SCMP_ARCH_MIPS');
  /** MIPS n64, big endian. */
  public static readonly MIPS64 = new Architecture('SCMP_ARCH_MIPS64');
  /** MIPS n32, big endian. */
  public static readonly MIPS64N32 = new Architecture('SCMP_ARCH_MIPS64N32');
  /** MIPS o32, little endian. */
  public static readonly MIPSEL = new Architecture('SCMP_ARCH_MIPSEL');
  /** MIPS n64, little endian. */
  public static readonly MIPSEL64 = new Architecture('SCMP_ARCH_MIPSEL64');
  /** MIPS n32, little endian. */
  public static readonly MIPSEL64N32 = new Architecture('SCMP_ARCH_MIPSEL64N32');
  /** 32-bit PowerPC, big endian. */
  public static readonly PPC = new Architecture('SCMP_ARCH_PPC');
  /** 64-bit PowerPC, big endian. */
  public static readonly PPC64 = new Architecture('SCMP_ARCH_PPC64');
  /** 64-bit PowerPC, little endian. */
  public static readonly PPC64LE = new Architecture('SCMP_ARCH_PPC64LE');
  /** 31-bit s390, big endian. */
  public static readonly S390 = new Architecture('SCMP_ARCH_S390');
  /** 64-bit s390, big endian. */
  public static readonly S390X = new Architecture('SCMP_ARCH_S390X');
  /** 32-bit PA-RISC, big endian. */
  public static readonly PARISC = new Architecture('SCMP_ARCH_PARISC');
  /** 64-bit PA-RISC, big endian. */
  public static readonly PARISC64 = new Architecture('SCMP_ARCH_PARISC64');
  /** 64-bit RISC-V. */
  public static readonly RISCV64 = new Architecture('SCMP_ARCH_RISCV64');
  /** SuperH, little endian. */
  public static readonly SH = new Architecture('SCMP_ARCH_SH');
  /** SuperH, big endian. */
  public static readonly SHEB = new Architecture('SCMP_ARCH_SHEB');

  /**
   * The architecture of that name.
   *
   * @param value name in the OCI runtime-spec, such as `SCMP_ARCH_X86_64`
   * @throws if the specification has no such architecture
   */
  public static of(value: string): Architecture {
    const architecture = Architecture.all.find(candidate => candidate.value === value);
    if (!architecture) {
      throw new InputError(`${show(value)} is not an architecture of the OCI runtime-spec, expected one of ${list(ABIS.map(abi => abi.name))}`);
    }
    return architecture;
  }

  private static readonly all: Architecture[] = [
    Architecture.X86,
    Architecture.X86_64,
    Architecture.X32,
    Architecture.ARM,
    Architecture.AARCH64,
    Architecture.LOONGARCH64,
    Architecture.M68K,
    Architecture.MIPS,
    Architecture.MIPS64,
    Architecture.MIPS64N32,
    Architecture.MIPSEL,
    Architecture.MIPSEL64,
    Architecture.MIPSEL64N32,
    Architecture.PPC,
    Architecture.PPC64,
    Architecture.PPC64LE,
    Architecture.S390,
    Architecture.S390X,
    Architecture.PARISC,
    Architecture.PARISC64,
    Architecture.RISCV64,
    Architecture.SH,
    Architecture.SHEB,
  ];

  private constructor(
    /** Name in the OCI runtime-spec, such as `SCMP_ARCH_X86_64`. */
    public readonly value: string,
  ) {}

  /**
   * Whether the ABI is big endian. One filter cannot hold both byte orders: a runtime refuses such a profile.
   */
  public get bigEndian(): boolean {
    return ABIS.find(abi => abi.name === this.value)!.endianness === 'big';
  }

  /** The name in the OCI runtime-spec. */
  public toString(): string {
    return this.value;
  }
}
