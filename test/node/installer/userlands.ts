import { chmodSync, copyFileSync, symlinkSync } from 'fs';
import { join } from 'path';
import { Userland } from './installer';
import { runOrThrow } from '../runtimes/processes';
import { DEBIAN_USR } from '../runtimes/rootfs';
import { TestNode } from '../runtimes/test-node';

const MAKE_ROOT = join(__dirname, '../../../scripts/make-debian-root.sh');
const TRIXIE = join(__dirname, '../../../.tmp/debian-trixie-busybox');
const IN_CONTAINER = '/opt/userland';

/** A shell with its tools, in a container and on the node itself. */
export interface NamedUserland extends Userland {
  readonly name: string;
  readonly onNode: { readonly shell: string; readonly path: string };
}

/** The busybox of this machine and that of Debian trixie, and dash with coreutils. */
export async function allUserlands(node: TestNode): Promise<NamedUserland[]> {
  // Downloaded once.
  await runOrThrow([MAKE_ROOT, 'trixie', TRIXIE, 'busybox-static'], { timeoutMs: 5 * 60_000 });
  return [await busybox(node, '/bin/busybox'), await busybox(node, join(TRIXIE, 'usr/bin/busybox')), await dash()];
}

async function busybox(node: TestNode, program: string): Promise<NamedUserland> {
  const directory = node.makeDirectory('userland');
  copyFileSync(program, join(directory, 'busybox'));
  chmodSync(join(directory, 'busybox'), 0o755);
  const applets = (await node.runOrThrow([join(directory, 'busybox'), '--list'])).split('\n');
  for (const applet of applets.filter(name => name && name !== 'busybox')) symlinkSync('busybox', join(directory, applet));
  const banner = (await node.run([join(directory, 'busybox')])).stdout;
  return {
    name: `busybox ${/v([\d.]+)/.exec(banner)![1]}`,
    shell: [`${IN_CONTAINER}/sh`],
    path: IN_CONTAINER,
    mounts: [{ source: directory, destination: IN_CONTAINER }],
    onNode: { shell: join(directory, 'sh'), path: directory },
  };
}

async function dash(): Promise<NamedUserland> {
  const [version, coreutils] = (await runOrThrow(['dpkg-query', '--show', '--showformat', '${Version}\n', 'dash', 'coreutils'])).split('\n');
  return {
    name: `dash ${version}, coreutils ${coreutils}`,
    shell: ['dash'],
    path: '/usr/bin',
    mounts: [DEBIAN_USR],
    onNode: { shell: '/usr/bin/dash', path: '/usr/bin' },
  };
}
