/**
 * An ABI as seccomp sees it: one system call table, one audit token.
 */
export interface Abi {
  /** Name in an OCI profile. */
  readonly name: string;
  /** libseccomp refuses to put both byte orders into one filter. */
  readonly endianness: 'big' | 'little';
}

/**
 * Every architecture of the OCI runtime-spec 1.3.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export const ABIS: readonly Abi[] = [
  { name: 'SCMP_ARCH_X86', endianness: 'little' },
  { name: 'SCMP_ARCH_X86_64', endianness: 'little' },
  { name: 'SCMP_ARCH_X32', endianness: 'little' },
  { name: 'SCMP_ARCH_ARM', endianness: 'little' },
  { name: 'SCMP_ARCH_AARCH64', endianness: 'little' },
  { name: 'SCMP_ARCH_LOONGARCH64', endianness: 'little' },
  { name: 'SCMP_ARCH_M68K', endianness: 'big' },
  { name: 'SCMP_ARCH_MIPS', endianness: 'big' },
  { name: 'SCMP_ARCH_MIPS64', endianness: 'big' },
  { name: 'SCMP_ARCH_MIPS64N32', endianness: 'big' },
  { name: 'SCMP_ARCH_MIPSEL', endianness: 'little' },
  { name: 'SCMP_ARCH_MIPSEL64', endianness: 'little' },
  { name: 'SCMP_ARCH_MIPSEL64N32', endianness: 'little' },
  { name: 'SCMP_ARCH_PPC', endianness: 'big' },
  { name: 'SCMP_ARCH_PPC64', endianness: 'big' },
  { name: 'SCMP_ARCH_PPC64LE', endianness: 'little' },
  { name: 'SCMP_ARCH_S390', endianness: 'big' },
  { name: 'SCMP_ARCH_S390X', endianness: 'big' },
  { name: 'SCMP_ARCH_PARISC', endianness: 'big' },
  { name: 'SCMP_ARCH_PARISC64', endianness: 'big' },
  { name: 'SCMP_ARCH_RISCV64', endianness: 'little' },
  { name: 'SCMP_ARCH_SH', endianness: 'little' },
  { name: 'SCMP_ARCH_SHEB', endianness: 'big' },
];

/**
 * A kind of node: one kernel, the ABIs it runs, the native one first.
 */
export interface NodeKind {
  /** Value of the `kubernetes.io/arch` label, which is Go's GOARCH. */
  readonly name: string;
  /** What `uname -m` prints on such a node. */
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
