/**
 * An ABI of seccomp: one system call table, one audit token.
 */
export interface Abi {
  /** Name in an OCI profile. */
  readonly name: string;
  /** Byte order. libseccomp refuses both in one filter. */
  readonly endianness: 'big' | 'little';
  /** Width of a pointer; libseccomp compares arguments in as many bits. */
  readonly pointerBits: 32 | 64;
  /** `AUDIT_ARCH_*`, which the kernel passes to a filter and prints as `arch=` in the audit log. */
  readonly auditToken: number;
  /** Offset of every number, which distinguishes the ABI from others of the same machine. */
  readonly base: number;
  /** Name in libseccomp, as in `scmp_sys_resolver -a`. */
  readonly tool: string;
  /** First libseccomp with this ABI, if that is 2.4 or later. */
  readonly sinceLibseccomp?: string;
}

/**
 * Every architecture of the OCI runtime-spec 1.3.
 *
 * X32 has the token of X86_64 and differs from it by its numbers.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/audit.h
 * @see https://github.com/seccomp/libseccomp/blob/v2.6.1/CHANGELOG
 */
export const ABIS: readonly Abi[] = [
  { name: 'SCMP_ARCH_X86', endianness: 'little', pointerBits: 32, auditToken: 0x40000003, base: 0, tool: 'x86' },
  { name: 'SCMP_ARCH_X86_64', endianness: 'little', pointerBits: 64, auditToken: 0xc000003e, base: 0, tool: 'x86_64' },
  { name: 'SCMP_ARCH_X32', endianness: 'little', pointerBits: 32, auditToken: 0xc000003e, base: 0x40000000, tool: 'x32' },
  { name: 'SCMP_ARCH_ARM', endianness: 'little', pointerBits: 32, auditToken: 0x40000028, base: 0, tool: 'arm' },
  { name: 'SCMP_ARCH_AARCH64', endianness: 'little', pointerBits: 64, auditToken: 0xc00000b7, base: 0, tool: 'aarch64' },
  { name: 'SCMP_ARCH_LOONGARCH64', endianness: 'little', pointerBits: 64, auditToken: 0xc0000102, base: 0, tool: 'loongarch64', sinceLibseccomp: '2.6.0' },
  { name: 'SCMP_ARCH_M68K', endianness: 'big', pointerBits: 32, auditToken: 0x00000004, base: 0, tool: 'm68k', sinceLibseccomp: '2.6.0' },
  { name: 'SCMP_ARCH_MIPS', endianness: 'big', pointerBits: 32, auditToken: 0x00000008, base: 4000, tool: 'mips' },
  { name: 'SCMP_ARCH_MIPS64', endianness: 'big', pointerBits: 64, auditToken: 0x80000008, base: 5000, tool: 'mips64' },
  { name: 'SCMP_ARCH_MIPS64N32', endianness: 'big', pointerBits: 32, auditToken: 0xa0000008, base: 6000, tool: 'mips64n32' },
  { name: 'SCMP_ARCH_MIPSEL', endianness: 'little', pointerBits: 32, auditToken: 0x40000008, base: 4000, tool: 'mipsel' },
  { name: 'SCMP_ARCH_MIPSEL64', endianness: 'little', pointerBits: 64, auditToken: 0xc0000008, base: 5000, tool: 'mipsel64' },
  { name: 'SCMP_ARCH_MIPSEL64N32', endianness: 'little', pointerBits: 32, auditToken: 0xe0000008, base: 6000, tool: 'mipsel64n32' },
  { name: 'SCMP_ARCH_PPC', endianness: 'big', pointerBits: 32, auditToken: 0x00000014, base: 0, tool: 'ppc' },
  { name: 'SCMP_ARCH_PPC64', endianness: 'big', pointerBits: 64, auditToken: 0x80000015, base: 0, tool: 'ppc64' },
  { name: 'SCMP_ARCH_PPC64LE', endianness: 'little', pointerBits: 64, auditToken: 0xc0000015, base: 0, tool: 'ppc64le' },
  { name: 'SCMP_ARCH_S390', endianness: 'big', pointerBits: 32, auditToken: 0x00000016, base: 0, tool: 's390' },
  { name: 'SCMP_ARCH_S390X', endianness: 'big', pointerBits: 64, auditToken: 0x80000016, base: 0, tool: 's390x' },
  { name: 'SCMP_ARCH_PARISC', endianness: 'big', pointerBits: 32, auditToken: 0x0000000f, base: 0, tool: 'parisc', sinceLibseccomp: '2.4.0' },
  { name: 'SCMP_ARCH_PARISC64', endianness: 'big', pointerBits: 64, auditToken: 0x8000000f, base: 0, tool: 'parisc64', sinceLibseccomp: '2.4.0' },
  { name: 'SCMP_ARCH_RISCV64', endianness: 'little', pointerBits: 64, auditToken: 0xc00000f3, base: 0, tool: 'riscv64', sinceLibseccomp: '2.5.0' },
  { name: 'SCMP_ARCH_SH', endianness: 'little', pointerBits: 32, auditToken: 0x4000002a, base: 0, tool: 'sh', sinceLibseccomp: '2.6.0' },
  { name: 'SCMP_ARCH_SHEB', endianness: 'big', pointerBits: 32, auditToken: 0x0000002a, base: 0, tool: 'sheb', sinceLibseccomp: '2.6.0' },
];

const BY_NAME: ReadonlyMap<string, Abi> = new Map(ABIS.map(abi => [abi.name, abi]));

/** Returns the ABI of a name; undefined if the specification has none. */
export function findAbi(name: string): Abi | undefined {
  return BY_NAME.get(name);
}

/** Returns an ABI that is certainly in the specification. */
export function abiOf(name: string): Abi {
  return BY_NAME.get(name)!;
}

/** Returns `X86_64` for `SCMP_ARCH_X86_64`. */
export function abiWord(name: string): string {
  return name.replace('SCMP_ARCH_', '');
}

/** Returns the index of clone's flags among its arguments: 1 on s390, otherwise 0. */
export function cloneFlagsArgument(abi: string): number {
  return isS390(abi) ? 1 : 0;
}

export function isS390(abi: string): boolean {
  return abi === 'SCMP_ARCH_S390' || abi === 'SCMP_ARCH_S390X';
}

/**
 * A kind of node: one kernel, and the ABIs that it runs, the native one first.
 */
export interface NodeKind {
  /** Value of the `kubernetes.io/arch` label, which is Go's GOARCH. */
  readonly name: string;
  /** Output of `uname -m` on such a node. */
  readonly machines: readonly string[];
  readonly abis: readonly string[];
}

/**
 * The node kinds that Kubernetes knows and seccomp can filter.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch
 */
export const NODE_KINDS: readonly NodeKind[] = [
  { name: 'amd64', machines: ['x86_64'], abis: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'] },
  { name: 'arm64', machines: ['aarch64'], abis: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'] },
  { name: 'arm', machines: ['armv6l', 'armv7l'], abis: ['SCMP_ARCH_ARM'] },
  { name: 'ppc64le', machines: ['ppc64le'], abis: ['SCMP_ARCH_PPC64LE'] },
  { name: 's390x', machines: ['s390x'], abis: ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'] },
  { name: 'riscv64', machines: ['riscv64'], abis: ['SCMP_ARCH_RISCV64'] },
  {
    name: 'mips64le',
    machines: ['mips64le', 'mips64'],
    abis: ['SCMP_ARCH_MIPSEL64', 'SCMP_ARCH_MIPSEL64N32', 'SCMP_ARCH_MIPSEL'],
  },
  { name: 'loong64', machines: ['loongarch64'], abis: ['SCMP_ARCH_LOONGARCH64'] },
];
