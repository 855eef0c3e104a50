import { readFileSync } from 'fs';
import { join } from 'path';
import { Machine, Release } from './machine';
import { VmNode } from './vm-node';
import { stopUnless } from '../node/runtimes/container-host';
import { DebianRelease } from '../node/runtimes/debian';
import { Build, FREESTANDING, ImageNode } from '../node/runtimes/image-node';
import { runOrThrow } from '../node/runtimes/processes';

/** An emulated machine, with the kernel and the runtimes of a Debian release. */
export async function vmNode(machine: Machine, release: Release): Promise<ImageNode> {
  const host = await VmNode.start(machine, release);
  return stopUnless(host, async () => ({
    host,
    kind: machine.node,
    kernelVersion: host.kernel,
    debian: debianOf(host, release),
    rootfs: '/run/rootfs',
    usrOf: ({ usr }: DebianRelease) => usr,
    hasOtherPrograms: machine.compilers.compat !== undefined,
    build: async (source: string, build: Build, file: string) => {
      const built = join(host.makeDirectory('program'), 'program');
      await runOrThrow([...command(host, build), '-o', built, source, ...libraries(host, build)]);
      await host.runOrThrow(['cp', built, file]);
    },
  }));
}

/** A release of which the machine has the packages, its own or another. */
export function debianOf({ vm }: VmNode, release: Release): DebianRelease {
  return new DebianRelease(`/mnt/${release}/usr`, readFileSync(join(vm, release, 'packages'), 'utf8'));
}

function command({ machine: { node, compilers: { native, compat } }, vm }: VmNode, build: Build): string[] {
  const musl = join(vm, 'musl');
  switch (build) {
    case 'glibc':
      return [...native, '-O1'];
    case 'musl':
      return [...native, '-O1', '-static', '-nostdinc', '-isystem', join(musl, 'include'), '-nostdlib', join(musl, 'lib/crt1.o'), join(musl, 'lib/crti.o')];
    case 'no libc':
      return [...native, ...FREESTANDING];
  }
  if (!compat) throw new Error(`${node} nodes run programs of one ABI only`);
  return [...compat, ...build === 'no libc of the other ABI' ? FREESTANDING : ['-O1', '-static']];
}

function libraries({ vm }: VmNode, build: Build): string[] {
  return build === 'musl' ? [join(vm, 'musl/lib/libc.a'), '-lgcc', join(vm, 'musl/lib/libc.a'), join(vm, 'musl/lib/crtn.o')] : [];
}
