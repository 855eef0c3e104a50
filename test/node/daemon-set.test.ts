import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { MindieProfileDaemonSet } from '../../src';
import { DaemonSetPod } from './installer/daemon-set-pod';
import { OciRuntime } from './runtimes/oci-runtime';
import { until } from './runtimes/processes';
import { makeRootfs } from './runtimes/rootfs';
import { python, Runtimes } from './runtimes/runtimes';
import { readReport, REFERENCE } from './runtimes/syscall-report';

let runtimes: Runtimes;

beforeAll(async () => {
  runtimes = await Runtimes.start();
});

afterAll(async () => runtimes.stop());

test('installs, from its synthesized manifests, the very file that containerd then starts a workload with', async () => {
  const { node, containerd } = runtimes;
  const kubeletRoot = node.makeDirectory('kubelet');
  const chart = new Chart(new App({ outdir: node.makeDirectory('dist') }), 'seccomp-profiles');
  const daemonSet = new MindieProfileDaemonSet(chart, 'Profile', { kubeletRoot });
  const localhostProfile = join(kubeletRoot, 'seccomp', daemonSet.localhostProfile);
  const startWorkload = async () => containerd.runContainer({ localhostProfile }, python('syscalls.py'));

  expect(await startWorkload()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('no such file or directory') });

  const pod = new DaemonSetPod(node, Testing.synth(chart));
  const installer = OciRuntime.runc(node).startContainer({ rootfs: await makeRootfs(node), ...pod.container() });
  try {
    await until('readiness', async () => (await installer.exec(pod.readinessCommand())).status === 0);
  } finally {
    await installer.remove();
  }

  expect(readReport(await startWorkload())).toStrictEqual(REFERENCE);
});
