import { join } from 'path';
import { NodeArchitecture } from '../../src';
import { runOrThrow } from '../node/runtimes/processes';

const MAKE_VM = join(__dirname, '../../scripts/make-vm.sh');

export const RELEASES = ['bookworm', 'trixie'] as const;

export type Release = typeof RELEASES[number];

/** How a kind of node is emulated, and how programs for it are compiled. */
export interface Machine {
  readonly node: NodeArchitecture;
  /** As Debian names the architecture. */
  readonly debian: string;
  readonly qemu: readonly string[];
  readonly console: string;
  /** By what a device is attached: `virtio-blk-pci`, `virtio-blk-ccw`. */
  readonly bus: 'pci' | 'ccw';
  /** As Debian names the directory of its libraries. */
  readonly triplet: string;
  readonly compilers: { readonly native: readonly string[]; readonly compat?: readonly string[] };
}

export const ARM64: Machine = {
  node: NodeArchitecture.ARM64,
  debian: 'arm64',
  // One that executes 32-bit programs, without the pointer authentication that would take most of an emulator's time.
  qemu: ['qemu-system-aarch64', '-machine', 'virt', '-cpu', 'cortex-a72'],
  console: 'ttyAMA0',
  bus: 'pci',
  triplet: 'aarch64-linux-gnu',
  compilers: { native: ['aarch64-linux-gnu-gcc'], compat: ['arm-linux-gnueabihf-gcc', '-marm'] },
};

export const S390X: Machine = {
  node: NodeArchitecture.S390X,
  debian: 's390x',
  qemu: ['qemu-system-s390x', '-machine', 's390-ccw-virtio', '-cpu', 'max'],
  console: 'ttysclp0',
  bus: 'ccw',
  triplet: 's390x-linux-gnu',
  compilers: { native: ['s390x-linux-gnu-gcc'], compat: ['s390x-linux-gnu-gcc', '-m31'] },
};

/** Where kernels and disks are; makes them if they are not there yet. */
export async function vmDirectory({ debian }: Machine): Promise<string> {
  const printed = await runOrThrow([MAKE_VM, debian], { timeoutMs: 10 * 60_000, env: environment() });
  return printed.trim();
}

function environment(): Record<string, string> {
  const { HOME, XDG_CACHE_HOME, CDK8S_SECCOMP_CACHE } = process.env;
  return { ...HOME && { HOME }, ...XDG_CACHE_HOME && { XDG_CACHE_HOME }, ...CDK8S_SECCOMP_CACHE && { CDK8S_SECCOMP_CACHE } };
}
