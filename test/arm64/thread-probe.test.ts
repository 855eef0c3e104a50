import { copyFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ImageNode } from '../node/runtimes/image-node';
import { BindMount, ContainerSpec, ociConfig } from '../node/runtimes/oci-config';
import { OciRuntime } from '../node/runtimes/oci-runtime';
import { RUN } from '../node/runtimes/test-node';
import { ending, Means, MEANS, ProbeEnding } from '../node/thread-probe/probe-node';
import { threadProfiles } from '../node/threads/profiles';
import { vmNode } from '../vm/image-node';
import { ARM64, Release } from '../vm/machine';

const ASSETS = join(__dirname, '../../assets');
const PROFILES = threadProfiles(ARM64.node);
const timeoutMs = 200_000;

/** A container under runc whose group, or the one above it, has room for no thread more as soon as its first process is there. */
const LIMITED = `
bundle=$1 id=$2 group=$3 limit=$4
mkdir /run/$id && mkfifo -m 666 /run/$id/fifo
runc --root /run/runc-state run --bundle "$bundle" "$id" >/run/$id/out 2>/run/$id/err &
tries=0
until grep -q waiting /run/$id/out; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || exit 99
  sleep 0.2
done
echo "$limit" >"/sys/fs/cgroup/$group/pids.max"
echo >/run/$id/fifo
wait $!
status=$?
grep -v waiting /run/$id/out
cat /run/$id/err >&2
exit $status
`;

/** The node's Debian, the libc in it, and what a pids limit of the group above looks like to a container. */
const NODES: readonly [Release, string, string][] = [
  ['bookworm', 'clone3-unused', 'pids-limit'],
  // From Linux 6.12 on, or a backport of it, pids.events counts the hits of the own limit alone.
  ['trixie', 'clone3-denied', 'unseen-limit'],
];

describe.each(NODES)('%s', (release, refused, above) => {
  let node: ImageNode;
  let scripts: string;

  beforeAll(async () => {
    node = await vmNode(ARM64, release);
    scripts = node.host.makeDirectory('scripts');
    for (const name of ['thread-probe.py', 'thread-probe.sh']) copyFileSync(join(ASSETS, name), join(scripts, name));
  });

  afterAll(async () => node.host.stop());

  function spec(means: Means, title: string | undefined, args: readonly string[], mounts: readonly BindMount[] = []): ContainerSpec {
    return {
      rootfs: node.rootfs,
      args,
      uid: 1001,
      seccomp: title === undefined ? undefined : JSON.parse(PROFILES[title].toJson()),
      env: { NODE: 'node-1', MODE: title === undefined ? 'Unconfined' : 'Localhost', ...MEANS[means] },
      mounts: [{ source: scripts, destination: '/probe' }, { source: node.usrOf(node.debian), destination: '/usr' }, ...mounts],
      timeoutMs,
    };
  }

  const probe = ['/bin/sh', '/probe/thread-probe.sh'];
  const verdict = ({ line, status }: ProbeEnding) => [line.verdict ?? line, status];

  async function run(means: Means, title?: string): Promise<ProbeEnding> {
    return ending(await OciRuntime.crun(node.host).runContainer(spec(means, title, probe)));
  }

  async function runLimited(where: 'own' | 'above', limit: number, title?: string): Promise<ProbeEnding> {
    const { host } = node;
    const id = `${RUN}${host.uniqueName('limited')}`;
    const bundle = host.makeDirectory('bundle');
    const wait = ['/bin/sh', '-c', 'echo waiting; read -r line </gate/fifo; exec "$@"', 'sh'];
    const config: any = ociConfig(id, spec('python', title, [...wait, ...probe], [{ source: `/run/${id}`, destination: '/gate', writable: true }]));
    config.linux.cgroupsPath = `/${id}/container`;
    config.linux.namespaces.push({ type: 'cgroup' });
    config.mounts.push(
      { destination: '/sys', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
      { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['ro', 'nosuid', 'nodev'] });
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
    const group = where === 'own' ? `${id}/container` : id;
    return ending(await host.run(['sh', '-c', LIMITED, 'sh', bundle, id, group, String(limit)], { timeoutMs }));
  }

  test('tells apart what a filter answers, by Python and by a shell with Perl', async () => {
    const fails = refused === 'clone3-denied' ? 1 : 0;
    expect(verdict(await run('python'))).toStrictEqual(['works', 0]);
    expect(verdict(await run('python', 'clone3 EPERM'))).toStrictEqual([refused, fails]);
    expect(verdict(await run('python', 'clone3 ENOSYS'))).toStrictEqual(['falls-back', 0]);
    expect(verdict(await run('sh with perl', 'clone3 ENOSYS'))).toStrictEqual(['falls-back', 0]);
    // Without a getconf in the image the shell does not know which C library starts threads how.
    expect(verdict(await run('sh with perl', 'clone3 EPERM'))).toStrictEqual(['undecided', 2]);
    expect((await run('python')).line).toMatchObject({ architecture: 'aarch64', kernel: node.kernelVersion, libc: `${node.debian.glibc}` });
  });

  test('tells the pids limit of cgroup v2 from a filter', async () => {
    const own = await runLimited('own', 1, 'clone3 ENOSYS');
    expect([verdict(own), own.line.pids]).toStrictEqual([['pids-limit', 1], { current: 1, max: 1, hits: expect.any(Number) }]);
  });

  test('sees a pids limit of the group above as far as the kernel counts its hits', async () => {
    const limited = await runLimited('above', 1);
    expect([verdict(limited), limited.line.pids.max]).toStrictEqual([[above, 1], 'max']);
  });

  test('takes no limit for the cause where there is room', async () => {
    expect(verdict(await runLimited('own', 500, 'clone3 EPERM'))[0]).toBe(refused);
  });
});
