import { Chart, Duration, Testing } from 'cdk8s';
import { SeccompMode, SeccompProfile, SeccompProfileDaemonSet } from '../../../src';
import { PodSecurityLevel } from '../../../src/manifests/pod-security/level';
import { PodSecurity } from '../../../src/manifests/pod-security/pod-security';
import { ProbeRun } from '../../../src/troubleshooting/probe/probe-run';
import { ThreadProbe, ThreadProbeProps } from '../../../src/troubleshooting/probe/thread-probe';
import { synthesize, theOnly, withoutDigests } from '../../synthesize';

const IMAGE = 'mindie:1.0.0';

function manifestsOf(props: Partial<ThreadProbeProps> = {}): any[] {
  const chart = Testing.chart();
  new ThreadProbe(chart, 'Probe', { image: IMAGE, ...props });
  return synthesize(chart);
}

const withoutScripts = (manifests: any[]) => withoutDigests(manifests).map((manifest: any) => manifest.kind === 'ConfigMap' ? { ...manifest, data: Object.keys(manifest.data) } : manifest);
const podOf = (manifests: any[]) => manifests.find(({ kind }) => kind !== 'ConfigMap').spec.template;

test('renders a DaemonSet for every node, with a container for each mode', () => {
  expect(withoutScripts(manifestsOf())).toMatchSnapshot();
});

test('renders a Job with everything that can be chosen', () => {
  expect(withoutScripts(manifestsOf({
    imagePullSecrets: ['registry'],
    modes: [SeccompMode.RUNTIME_DEFAULT, SeccompMode.localhostPath('profiles/a$(b).json')],
    run: ProbeRun.once({ nodeSelector: { 'accelerator': 'huawei-Ascend910', 'kubernetes.io/os': 'linux' }, timeout: Duration.minutes(5) }),
    namespace: 'mindie',
    python: '/root/miniconda3/bin/python',
    user: 0,
  }))).toMatchSnapshot();
});

test('selects nodes for the DaemonSet', () => {
  const { spec } = podOf(manifestsOf({ run: ProbeRun.onEveryNode({ nodeSelector: { pool: 'npu' } }) }));
  expect(spec.nodeSelector).toStrictEqual({ 'kubernetes.io/os': 'linux', 'pool': 'npu' });
});

test('names the ConfigMap by its content, and mounts that', () => {
  const manifests = manifestsOf();
  const { metadata, immutable, data } = theOnly(manifests, 'ConfigMap');
  expect([metadata.name, immutable, Object.keys(data)]).toStrictEqual([expect.stringMatching(/-[0-9a-f]{10}$/), true, ['thread-probe.py', 'thread-probe.sh']]);
  expect(podOf(manifests).spec.volumes).toStrictEqual([{ name: 'scripts', configMap: { name: metadata.name, defaultMode: 0o444 } }]);
});

test('keeps two probes of a namespace apart, under the same name', () => {
  const chart = Testing.chart();
  ['One', 'Other'].forEach(id => new ThreadProbe(chart, id, { image: IMAGE }));
  const selectors = synthesize(chart).filter(({ kind }) => kind === 'DaemonSet').map(({ spec }) => spec.selector.matchLabels);
  expect(selectors.map(selector => selector['app.kubernetes.io/name'])).toStrictEqual(['thread-probe', 'thread-probe']);
  expect(new Set(selectors.map(selector => selector['cdk8s.io/metadata.addr'])).size).toBe(2);
});

describe('Pod Security', () => {
  const { BASELINE, RESTRICTED } = PodSecurityLevel;
  const allowed = (template: any) => [BASELINE, RESTRICTED].map(level => PodSecurity.check(template, level).allowed);

  test.each([ProbeRun.onEveryNode(), ProbeRun.once()])('keeps to restricted in the modes that have a filter', run => {
    const template = podOf(manifestsOf({ modes: [SeccompMode.RUNTIME_DEFAULT, SeccompMode.localhostPath('a.json')], run }));
    expect(allowed(template)).toStrictEqual([true, true]);
    const { spec } = template;
    // The other controls of the standard, one by one.
    expect(['hostNetwork', 'hostPID', 'hostIPC', 'serviceAccountName', 'initContainers', 'securityContext'].filter(field => field in spec)).toStrictEqual([]);
    expect([spec.automountServiceAccountToken, spec.volumes.map((volume: any) => Object.keys(volume).sort().join())]).toStrictEqual([false, ['configMap,name']]);
    for (const { securityContext, ports, resources } of spec.containers) {
      const { seccompProfile, ...others } = securityContext;
      expect(others).toStrictEqual({
        runAsUser: 65534,
        runAsGroup: 65534,
        runAsNonRoot: true,
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect([ports, Object.keys(resources).sort()]).toStrictEqual([undefined, ['limits', 'requests']]);
    }
  });

  test('needs a privileged namespace for Unconfined', () => {
    expect(allowed(podOf(manifestsOf()))).toStrictEqual([false, false]);
  });
});

test('comes after the profile that it tries', () => {
  const chart = Testing.chart();
  const profiles = new SeccompProfileDaemonSet(chart, 'Profiles');
  const mode = SeccompMode.localhost(profiles.addProfile('a.json', SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'] })));
  new ThreadProbe(chart, 'Probe', { image: IMAGE, modes: [mode] });
  const names = Testing.synth(chart).filter(({ kind }) => kind === 'DaemonSet').map(({ metadata }) => metadata.labels['app.kubernetes.io/name']);
  expect(names).toStrictEqual(['seccomp-profiles', 'thread-probe']);
});

test.each<[string, Partial<ThreadProbeProps>, string]>([
  ['no image', { image: ' ' }, 'image " " is empty, expected the image of the workload to test'],
  ['no mode', { modes: [] }, 'modes is empty, expected at least one such as SeccompMode.RUNTIME_DEFAULT'],
  ['a mode twice', { modes: [SeccompMode.localhostPath('a.json'), SeccompMode.localhostPath('a.json')] },
    'mode "Localhost a.json" appears twice, expected each once'],
])('fails on %s', (_, props, message) => {
  expect(() => new ThreadProbe(new Chart(Testing.app(), 'chart'), 'Probe', { image: IMAGE, ...props })).toThrow(new Error(message));
});
