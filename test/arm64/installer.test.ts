import { createHash } from 'crypto';
import { existsSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { MindieProfile, MindieProfileDaemonSet, NodeArchitecture } from '../../src';
import { DaemonSetPod } from '../node/installer/daemon-set-pod';
import { ImageNode } from '../node/runtimes/image-node';
import { OciRuntime } from '../node/runtimes/oci-runtime';
import { until } from '../node/runtimes/processes';
import { vmNode } from '../vm/image-node';
import { ARM64 } from '../vm/machine';

let node: ImageNode;

beforeAll(async () => {
  node = await vmNode(ARM64, 'bookworm');
});

afterAll(async () => node.host.stop());

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** The pod of the synthesized DaemonSet, and where it is to place the file. */
function synthesized(): { readonly pod: DaemonSetPod; readonly file: string } {
  const { host } = node;
  const kubeletRoot = host.makeDirectory('kubelet');
  const chart = new Chart(new App({ outdir: host.makeDirectory('dist') }), 'seccomp-profiles');
  const daemonSet = new MindieProfileDaemonSet(chart, 'Profile', { kubeletRoot });
  return { pod: new DaemonSetPod(host, Testing.synth(chart)), file: join(kubeletRoot, 'seccomp', daemonSet.localhostProfile) };
}

test('installs, from its synthesized manifests, the document for arm64, and says so', async () => {
  const { host, rootfs } = node;
  const { pod, file } = synthesized();
  const container = OciRuntime.runc(host).startContainer({ rootfs, ...pod.container(), timeoutMs: 200_000 });
  await until('readiness', async () => (await container.exec(pod.readinessCommand())).status === 0, 100_000);
  await container.terminate();
  await container.exited;
  const { status, stdout, stderr } = await container.remove();
  expect([status, stderr]).toStrictEqual([0, '']);
  expect(stdout).toContain('node aarch64 (kubernetes.io/arch arm64)');
  expect(stdout).toMatch(/installed .* \(arm64\)/);
  expect(digest(readFileSync(file, 'utf8'))).toBe(digest(MindieProfile.reference().forNode(NodeArchitecture.ARM64).toJson()));
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('fails its readiness where nothing is installed', async () => {
  const { host, rootfs } = node;
  const { pod, file } = synthesized();
  const { status } = await OciRuntime.runc(host).runContainer({ rootfs, ...pod.container(), args: pod.readinessCommand() });
  expect([status, existsSync(file)]).toStrictEqual([1, false]);
});
