import { isAtLeast } from '../../../src/private/version';
import { ProfileDocument } from '../../../src/profile/document/document';
import { ABIS } from '../../../src/syscalls/abis';

/** A kernel with the document it is given. */
export interface Machine {
  readonly native: string;
  /** What the document lists; the native ABI is in the filter in any case. */
  readonly listed: readonly string[];
}

const machine = (native: string, ...others: string[]): Machine => ({
  native: `SCMP_ARCH_${native}`, listed: [native, ...others].map(name => `SCMP_ARCH_${name}`),
});

const ALL: readonly Machine[] = [
  machine('X86_64', 'X86', 'X32'),
  machine('X86_64', 'X86'),
  machine('X86_64'),
  { native: 'SCMP_ARCH_X86_64', listed: ['SCMP_ARCH_X86'] },
  machine('AARCH64', 'ARM'),
  machine('ARM'),
  machine('S390X', 'S390'),
  machine('PPC64LE'),
  machine('PPC64', 'PPC'),
  machine('MIPSEL64', 'MIPSEL64N32', 'MIPSEL'),
  machine('MIPS64', 'MIPS64N32', 'MIPS'),
  machine('PARISC64', 'PARISC'),
  machine('RISCV64'),
  machine('LOONGARCH64'),
  machine('M68K'),
  machine('SH'),
  machine('SHEB'),
];

/** Where rule sets at random are built: every width, both byte orders, calls that are multiplexed and calls that are missing. */
export const SAMPLED: readonly Machine[] = [
  machine('X86_64', 'X86'), machine('X86_64', 'X86', 'X32'), machine('AARCH64', 'ARM'), machine('S390X', 'S390'), machine('PPC64LE'),
];

/** The machines that a libseccomp can build filters for. */
export function machines(libseccomp: string): Machine[] {
  return ALL.filter(({ native }) => isAtLeast(libseccomp, ABIS.find(({ name }) => name === native)!.sinceLibseccomp ?? '0'));
}

export function filteredAbis({ native, listed }: Machine): string[] {
  return [...new Set([native, ...listed])];
}

/** The document for a machine as JSON text in one line, with integers of 64 bits as they are. */
export function documentFor({ listed }: Machine, document: ProfileDocument): string {
  const text = JSON.stringify({ architectures: listed, ...document }, (_, value) => typeof value === 'bigint' ? `${value}n` : value);
  return text.replace(/"(\d+)n"/g, '$1');
}
