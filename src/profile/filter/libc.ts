import { InputError, show } from '../../private/errors';
import { compareVersions, isAtLeast } from '../../private/version';
import { SeccompArchitecture } from '../document/architecture';

/**
 * First glibc whose pthread_create calls clone3, by ABI.
 *
 * @see https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/clone-internal.c
 */
const GLIBC_CLONE3: Readonly<Record<string, string>> = {
  SCMP_ARCH_X86: '2.34',
  SCMP_ARCH_X86_64: '2.34',
  SCMP_ARCH_X32: '2.34',
  SCMP_ARCH_LOONGARCH64: '2.36',
  SCMP_ARCH_AARCH64: '2.38',
  SCMP_ARCH_PPC64: '2.38',
  SCMP_ARCH_PPC64LE: '2.38',
  SCMP_ARCH_RISCV64: '2.38',
  SCMP_ARCH_S390: '2.38',
  SCMP_ARCH_S390X: '2.38',
  SCMP_ARCH_ARM: '2.39',
  SCMP_ARCH_MIPS: '2.39',
  SCMP_ARCH_MIPS64: '2.39',
  SCMP_ARCH_MIPS64N32: '2.39',
  SCMP_ARCH_MIPSEL: '2.39',
  SCMP_ARCH_MIPSEL64: '2.39',
  SCMP_ARCH_MIPSEL64N32: '2.39',
};

/** Every glibc version with which pthread_create starts to call clone3 on some ABI, the oldest first. */
export const GLIBC_CHANGES: readonly string[] = [...new Set(Object.values(GLIBC_CLONE3))].sort(compareVersions);
/** A glibc that is older than all these versions. */
export const GLIBC_BEFORE_CHANGES = '2.33';

/**
 * C library of an image. It determines the system call that starts a thread.
 */
export class Libc {
  /**
   * Returns a version of the GNU C library, as in Debian, Ubuntu and openEuler images.
   *
   * @param version such as `2.36`
   * @throws if it is not a version
   */
  public static glibc(version: string): Libc {
    if (typeof version !== 'string' || !/^\d+\.\d+(\.\d+)?$/.test(version)) throw new InputError(`${show(version)} is not a version of glibc, expected one such as "2.36"`);
    return new Libc('glibc', version);
  }

  /** Returns musl, as in Alpine images. It never calls clone3. Neither does the Go runtime, except through cgo. */
  public static musl(): Libc {
    return new Libc('musl');
  }

  /**
   * Returns the first glibc that starts threads with clone3 on an ABI; undefined if none does.
   *
   * @internal
   */
  public static _glibcWithClone3(architecture: SeccompArchitecture): string | undefined {
    return GLIBC_CLONE3[architecture.value];
  }

  private constructor(
    /** `glibc` or `musl`. */
    public readonly name: string,
    /** Version; undefined for musl, where it makes no difference. */
    public readonly version?: string,
  ) {}

  /** Returns a text such as `glibc 2.36`. */
  public toString(): string {
    return this.version ? `${this.name} ${this.version}` : this.name;
  }

  /**
   * True if it starts threads with clone3 on an ABI.
   *
   * @internal
   */
  public _usesClone3(architecture: SeccompArchitecture): boolean {
    const since = Libc._glibcWithClone3(architecture);
    return this.version !== undefined && since !== undefined && isAtLeast(this.version, since);
  }

  /**
   * Flags with which it starts a thread.
   *
   * @internal
   */
  public get _threadFlags(): bigint {
    return this.name === 'musl' ? THREAD_FLAGS | CLONE_DETACHED : THREAD_FLAGS;
  }

  /**
   * Returns the result of its pthread_create if clone fails with an errno.
   *
   * @see https://git.musl-libc.org/cgit/musl/tree/src/thread/pthread_create.c
   * @internal
   */
  public _threadErrno(errno: number): number {
    return this.name === 'musl' ? EAGAIN : errno;
  }
}

/** CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID and CHILD_CLEARTID. */
const THREAD_FLAGS = 0x3d0f00n;
const CLONE_DETACHED = 0x400000n;
const EAGAIN = 11;
