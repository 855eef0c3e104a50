import { Cluster } from './cluster';
import { NEVER, synth } from './synth';
import { deleteNamespaces, podsOf, rolledOut } from './workloads';
import { MindieProfile, SeccompMode, SeccompProfile, SeccompProfileDaemonSet, ThreadProbe } from '../../src';
import { execute } from '../cli/scenario';

const NAMESPACE = 'probe';

let cluster: Cluster;
let modes: Record<'denied' | 'missing', string>;

/** A denylist that answers clone3 with EPERM, as Docker's did before 20.10.10. */
const CLONE3_DENIED = SeccompProfile.fromJson(JSON.stringify({
  defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'], syscalls: [{ names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }],
}));

beforeAll(async () => {
  cluster = Cluster.running();
  const manifests = synth(NAMESPACE, chart => {
    // Lint would not let such a profile pass.
    const suppressions = [{ rule: 'threads-cannot-start', reason: 'it is what the probe has to find' }];
    const set = new SeccompProfileDaemonSet(chart, 'Profiles', { resync: NEVER, lint: { suppressions } });
    const [good, denied] = [set.addProfile('probe/good.json', MindieProfile.hardened()), set.addProfile('probe/denied.json', CLONE3_DENIED)].map(SeccompMode.localhost);
    const missing = SeccompMode.localhostPath('probe/missing.json');
    modes = { denied: String(denied), missing: String(missing) };
    new ThreadProbe(chart, 'Probe', { image: 'python:3.11-slim', modes: [SeccompMode.UNCONFINED, SeccompMode.RUNTIME_DEFAULT, good, denied, missing] });
  });
  await cluster.makeNamespaces([NAMESPACE]);
  await cluster.applyOrThrow(manifests);
  await rolledOut(cluster, NAMESPACE, 'probe-profiles');
});

afterAll(async () => deleteNamespaces(cluster, NAMESPACE));

test('tells from the logs of real containers in which modes threads start, on the nodes of runc and of crun', async () => {
  const arguments_ = ['logs', '--namespace', NAMESPACE, '--selector', 'app.kubernetes.io/name=thread-probe', '--prefix', '--all-containers', '--ignore-errors', '--tail=-1'];
  const logs = await cluster.eventually('a line of every container but the one without its profile', async () => {
    if ((await podsOf(cluster, NAMESPACE, 'app.kubernetes.io/name=thread-probe')).length < 2) return undefined;
    const { stdout, stderr } = await cluster.kubectl(arguments_);
    const text = stdout + stderr;
    const count = (part: string) => text.split(part).length - 1;
    return count('"probe":') === 8 && count('is waiting to start: CreateContainerError') === 2 && text;
  });
  const { status, stdout } = execute(['probe-report', '--format', 'json'], cluster.directory, { stdin: () => logs });
  const { nodes, working, groups, brokenLines } = JSON.parse(stdout);
  const problems = groups.filter(({ isProblem }: any) => isProblem).map((group: any) => [group.id, group.mode, group.nodes]);
  expect({ status, nodes, working, brokenLines, problems }).toStrictEqual({
    status: 1,
    nodes: 2,
    working: 0,
    brokenLines: 0,
    problems: [
      ['clone3-denied', modes.denied, ['node-1', 'node-2']],
      ['not-started', expect.stringMatching(/missing\.json|localhost-5/), ['node-1', 'node-2']],
    ],
  });
});
