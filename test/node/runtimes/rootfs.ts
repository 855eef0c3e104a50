import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync } from 'fs';
import { join } from 'path';
import { BindMount } from './oci-config';
import { TestNode } from './test-node';

/** Debian's programs and C library, for containers that need more than busybox. */
export const DEBIAN_USR: BindMount = { source: '/usr', destination: '/usr' };

/** What some of them look for in /etc: which of several libraries and Javas is the default, and Java's configuration. */
export const DEBIAN_ETC: readonly BindMount[] = readdirSync('/etc')
  .filter(name => name === 'alternatives' || /^java-\d+-openjdk$/.test(name))
  .map(name => ({ source: `/etc/${name}`, destination: `/etc/${name}` }));

/**
 * A root file system with a static busybox in /bin, and with the links that Debian has into /usr, so that it is a Debian as soon as
 * /usr is mounted.
 */
export async function makeRootfs(node: TestNode): Promise<string> {
  const rootfs = node.makeDirectory('rootfs');
  for (const directory of ['bin', 'dev', 'proc', 'tmp', 'usr']) mkdirSync(join(rootfs, directory), { mode: 0o755 });
  // runc gives what it mounts there the mode of the directory below.
  chmodSync(join(rootfs, 'tmp'), 0o1777);
  for (const link of ['lib', 'lib64']) symlinkSync(`usr/${link}`, join(rootfs, link));
  copyFileSync('/bin/busybox', join(rootfs, 'bin/busybox'));
  chmodSync(join(rootfs, 'bin/busybox'), 0o755);
  const applets = await node.runOrThrow([join(rootfs, 'bin/busybox'), '--list']);
  for (const applet of applets.split('\n').filter(name => name && name !== 'busybox')) symlinkSync('busybox', join(rootfs, 'bin', applet));
  return rootfs;
}
