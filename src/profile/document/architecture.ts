import { instanceOf } from '../../private/arguments';
import { InputError, list, show } from '../../private/errors';
import { abiOf, ABIS } from '../../syscalls/abis';

/**
 * An architecture of a seccomp profile: one system call ABI. A 64-bit node runs several of them.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export class SeccompArchitecture {
  /** 32-bit x86. */
  public static readonly X86 = new SeccompArchitecture('SCMP_ARCH_X86');
  /** 64-bit x86. */
  public static readonly X86_64 = new SeccompArchitecture('SCMP_ARCH_X86_64');
  /** x86_64 with 32-bit pointers. */
  public static readonly X32 = new SeccompArchitecture('SCMP_ARCH_X32');
  /** 32-bit ARM, EABI. */
  public static readonly ARM = new SeccompArchitecture('SCMP_ARCH_ARM');
  /** 64-bit ARM. */
  public static readonly AARCH64 = new SeccompArchitecture('SCMP_ARCH_AARCH64');
  /** 64-bit LoongArch. */
  public static readonly LOONGARCH64 = new SeccompArchitecture('SCMP_ARCH_LOONGARCH64');
  /** Motorola 68000, big endian. */
  public static readonly M68K = new SeccompArchitecture('SCMP_ARCH_M68K');
  /** MIPS o32, big endian. */
  public static readonly MIPS = new SeccompArchitecture('SCMP_ARCH_MIPS');
  /** MIPS n64, big endian. */
  public static readonly MIPS64 = new SeccompArchitecture('SCMP_ARCH_MIPS64');
  /** MIPS n32, big endian. */
  public static readonly MIPS64N32 = new SeccompArchitecture('SCMP_ARCH_MIPS64N32');
  /** MIPS o32, little endian. */
  public static readonly MIPSEL = new SeccompArchitecture('SCMP_ARCH_MIPSEL');
  /** MIPS n64, little endian. */
  public static readonly MIPSEL64 = new SeccompArchitecture('SCMP_ARCH_MIPSEL64');
  /** MIPS n32, little endian. */
  public static readonly MIPSEL64N32 = new SeccompArchitecture('SCMP_ARCH_MIPSEL64N32');
  /** 32-bit PowerPC, big endian. */
  public static readonly PPC = new SeccompArchitecture('SCMP_ARCH_PPC');
  /** 64-bit PowerPC, big endian. */
  public static readonly PPC64 = new SeccompArchitecture('SCMP_ARCH_PPC64');
  /** 64-bit PowerPC, little endian. */
  public static readonly PPC64LE = new SeccompArchitecture('SCMP_ARCH_PPC64LE');
  /** 31-bit s390, big endian. */
  public static readonly S390 = new SeccompArchitecture('SCMP_ARCH_S390');
  /** 64-bit s390, big endian. */
  public static readonly S390X = new SeccompArchitecture('SCMP_ARCH_S390X');
  /** 32-bit PA-RISC, big endian. */
  public static readonly PARISC = new SeccompArchitecture('SCMP_ARCH_PARISC');
  /** 64-bit PA-RISC, big endian. */
  public static readonly PARISC64 = new SeccompArchitecture('SCMP_ARCH_PARISC64');
  /** 64-bit RISC-V. */
  public static readonly RISCV64 = new SeccompArchitecture('SCMP_ARCH_RISCV64');
  /** SuperH, little endian. */
  public static readonly SH = new SeccompArchitecture('SCMP_ARCH_SH');
  /** SuperH, big endian. */
  public static readonly SHEB = new SeccompArchitecture('SCMP_ARCH_SHEB');

  /**
   * Returns the architecture of a name.
   *
   * @param value name in the OCI runtime-spec, such as `SCMP_ARCH_X86_64`
   * @throws if the specification has no such architecture
   */
  public static of(value: string): SeccompArchitecture {
    const architecture = SeccompArchitecture.all.find(candidate => candidate.value === value);
    if (!architecture) {
      throw new InputError(`${show(value)} is not an architecture of the OCI runtime-spec, expected one of ${list(ABIS.map(abi => abi.name))}`);
    }
    return architecture;
  }

  private static readonly all: SeccompArchitecture[] = [
    SeccompArchitecture.X86,
    SeccompArchitecture.X86_64,
    SeccompArchitecture.X32,
    SeccompArchitecture.ARM,
    SeccompArchitecture.AARCH64,
    SeccompArchitecture.LOONGARCH64,
    SeccompArchitecture.M68K,
    SeccompArchitecture.MIPS,
    SeccompArchitecture.MIPS64,
    SeccompArchitecture.MIPS64N32,
    SeccompArchitecture.MIPSEL,
    SeccompArchitecture.MIPSEL64,
    SeccompArchitecture.MIPSEL64N32,
    SeccompArchitecture.PPC,
    SeccompArchitecture.PPC64,
    SeccompArchitecture.PPC64LE,
    SeccompArchitecture.S390,
    SeccompArchitecture.S390X,
    SeccompArchitecture.PARISC,
    SeccompArchitecture.PARISC64,
    SeccompArchitecture.RISCV64,
    SeccompArchitecture.SH,
    SeccompArchitecture.SHEB,
  ];

  private constructor(
    /** Name in the OCI runtime-spec, such as `SCMP_ARCH_X86_64`. */
    public readonly value: string,
  ) {}

  /**
   * True if the ABI is big endian. One filter cannot hold both byte orders: a runtime refuses such a profile.
   */
  public get bigEndian(): boolean {
    return abiOf(this.value).endianness === 'big';
  }

  /** Returns the name in the OCI runtime-spec. */
  public toString(): string {
    return this.value;
  }
}

/** Shape of an argument that is an architecture. */
export const ARCHITECTURE = instanceOf(SeccompArchitecture, 'a SeccompArchitecture such as SeccompArchitecture.X86_64');
