import { App, Chart, Testing } from 'cdk8s';
import { SeccompArchitecture, LintSeverity, MindieProfile, MindieProfileDaemonSet, NodeArchitecture, SeccompMode, SeccompProfile, SeccompSecuredPod, SecurityProfilesOperatorProfile, SecurityProfilesOperatorProfileProps } from '../../src';
import { theOnly, validationErrors } from '../synthesize';

const { AMD64, ARM64, S390X, LOONG64 } = NodeArchitecture;
const PROFILE = SeccompProfile.denylist({
  denied: ['reboot'], architectures: [SeccompArchitecture.X86_64, SeccompArchitecture.X86, SeccompArchitecture.X32, SeccompArchitecture.AARCH64, SeccompArchitecture.ARM],
});
type Options = Partial<SecurityProfilesOperatorProfileProps>;

let written: jest.SpyInstance;
beforeEach(() => written = jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => written.mockRestore());

const chartIn = (namespace?: string) => new Chart(Testing.app(), 'chart', { namespace });
const construct = (options: Options = {}, chart = chartIn()) => new SecurityProfilesOperatorProfile(chart, 'Profile', { profile: PROFILE, ...options });
const synth = (options?: Options, chart = chartIn()) => {
  construct(options, chart);
  return theOnly(Testing.synth(chart), 'SeccompProfile');
};

test('renders the resource', () => {
  expect(synth({ profile: PROFILE.withDenied(['clone3'], 38) })).toMatchSnapshot();
});

test('renders every option', () => {
  expect(synth({
    nodes: [AMD64],
    operatorVersion: 'v0.8.4',
    name: 'app',
    namespace: 'security',
    labels: { team: 'platform' },
    annotations: { 'example.com/owner': 'platform' },
    lint: {},
  })).toMatchSnapshot();
});

test('renders what is only in some profiles, with every digit', () => {
  const app = new App();
  const profile = SeccompProfile.fromJson(`{"defaultAction": "SCMP_ACT_ALLOW", "flags": ["SECCOMP_FILTER_FLAG_LOG"],
    "listenerPath": "/var/run/security-profiles-operator/agent.sock", "listenerMetadata": "app", "syscalls": [{"names": ["personality"], "action": "SCMP_ACT_ERRNO",
    "errnoRet": 1, "args": [{"index": 0, "value": 9007199254740993, "valueTwo": 9223372036854775807, "op": "SCMP_CMP_MASKED_EQ"}]}]}`);
  construct({ profile, name: 'app', lint: { severities: { 'flag-unsupported-by-runtime': LintSeverity.OFF } } }, new Chart(app, 'chart'));
  const yaml = app.synthYaml();
  expect(yaml).toMatchSnapshot();
  expect(SeccompProfile.fromOperatorResource(yaml).toJson()).toBe(profile.toJson());
});

describe('puts the profile where the operator of that version does', () => {
  test.each<[Options, string | undefined, string, string, string | undefined]>([
    [{}, undefined, 'v1', 'operator/chart-profile-c858fb65.json', undefined],
    [{}, 'mindie', 'v1', 'operator/chart-profile-c858fb65.json', undefined],
    [{ name: 'app' }, undefined, 'v1', 'operator/app.json', undefined],
    [{ name: 'app.json' }, undefined, 'v1', 'operator/app.json', undefined],
    [{ name: 'app', operatorVersion: '1.1' }, undefined, 'v1', 'operator/app.json', undefined],
    [{ name: 'app', operatorVersion: 'v1.0.0-dev' }, undefined, 'v1', 'operator/app.json', undefined],
    [{ name: 'app', operatorVersion: '0.10.0' }, 'mindie', 'v1beta1', 'operator/app.json', undefined],
    [{ name: 'app', operatorVersion: '0.9.0' }, undefined, 'v1beta1', 'operator/app.json', undefined],
    [{ name: 'app', operatorVersion: '0.8.4' }, 'mindie', 'v1beta1', 'operator/mindie/app.json', 'mindie'],
    [{ name: 'app', operatorVersion: '0.8.3', namespace: 'own' }, 'mindie', 'v1beta1', 'operator/own/app.json', 'own'],
  ])('%j in namespace %s', (options, chartNamespace, version, path, namespace) => {
    const chart = chartIn(chartNamespace);
    const profile = construct(options, chart);
    const { apiVersion, metadata } = theOnly(Testing.synth(chart), 'SeccompProfile');
    expect({ apiVersion, path: profile.localhostProfile, namespace: metadata.namespace })
      .toStrictEqual({ apiVersion: `security-profiles-operator.x-k8s.io/${version}`, path, namespace });
    expect(path).toContain(`/${metadata.name.replace(/\.json$/, '')}.json`);
    expect(profile.name).toBe(metadata.name);
  });
});

test('takes the place of the DaemonSet in one line', () => {
  const pod = (profile: (chart: Chart) => MindieProfileDaemonSet | SecurityProfilesOperatorProfile) => {
    const chart = chartIn();
    new SeccompSecuredPod(chart, 'Pod', { seccomp: SeccompMode.localhost(profile(chart)), containers: [{ image: 'app' }] });
    return theOnly(Testing.synth(chart), 'Pod').spec.securityContext.seccompProfile;
  };
  expect([
    pod(chart => new MindieProfileDaemonSet(chart, 'Profile')),
    pod(chart => new SecurityProfilesOperatorProfile(chart, 'Profile', { profile: MindieProfile.reference(), nodes: [AMD64, ARM64] })),
  ]).toStrictEqual([
    { type: 'Localhost', localhostProfile: 'profiles/mindie/mindie-motor-seccomp-blacklist.json' },
    { type: 'Localhost', localhostProfile: 'operator/chart-profile-c858fb65.json' },
  ]);
});

test('keeps the architectures of the nodes, in the order of the profile', () => {
  const architectures = (...nodes: NodeArchitecture[]) => synth({ profile: MindieProfile.reference(), nodes }).spec.architectures;
  expect(architectures(ARM64, AMD64)).toStrictEqual(['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM']);
  expect(architectures(S390X)).toStrictEqual(['SCMP_ARCH_S390X']);
});

test('carries a profile without architectures as it is', () => {
  const profile = SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_LOG' });
  expect(synth({ profile, nodes: [AMD64, S390X], lint: { severities: { 'denies-nothing': LintSeverity.OFF } } }).spec)
    .toStrictEqual({ defaultAction: 'SCMP_ACT_LOG' });
});

describe('judges the profile at synth', () => {
  const errors = (options: Options) => {
    const chart = chartIn();
    construct({ name: 'app', ...options }, chart);
    return validationErrors(chart);
  };
  const withoutThreads = PROFILE.withDenied(['clone3']);

  test('as all nodes get it', () => {
    expect(errors({ profile: withoutThreads })).toStrictEqual([
      expect.stringMatching(/^\[chart\/Profile\] operator\/app\.json \(amd64\): threads cannot start under glibc 2\.34 .*clone3/),
      expect.stringMatching(/^\[chart\/Profile\] operator\/app\.json \(arm64\): threads cannot start under glibc 2\.38 .*clone3/),
      expect.stringMatching(/^\[chart\/Profile\] operator\/app\.json \(arm\): threads cannot start under glibc 2\.39 .*clone3/),
    ]);
    const profile = PROFILE.withArchitectures([...PROFILE.architectures!, SeccompArchitecture.RISCV64]);
    expect(errors({ profile, lint: { targets: { nodes: [AMD64] } } }))
      .toStrictEqual([expect.stringMatching(/^\[chart\/Profile\] operator\/app\.json: no container starts under runc 1\.1\.5: runc 1\.1\.5 does not know SCMP_ARCH_RISCV64/)]);
  });

  test('for the nodes that there are', () => {
    const missingX86 = PROFILE.withArchitectures([SeccompArchitecture.X86_64, SeccompArchitecture.AARCH64, SeccompArchitecture.ARM]);
    const severities = { 'missing-compat-abi': LintSeverity.ERROR };
    expect(errors({ profile: missingX86, lint: { severities } })).toHaveLength(1);
    expect(errors({ profile: missingX86, nodes: [ARM64], lint: { severities } })).toStrictEqual([]);
  });

  test('with the suppressions it is given', () => {
    expect(errors({ profile: withoutThreads, lint: { suppressions: [{ rule: 'threads-cannot-start', reason: 'single-threaded' }] } })).toStrictEqual([]);
  });

  test('and warns once', () => {
    const app = new App();
    construct({ profile: MindieProfile.reference(), nodes: [AMD64], name: 'app' }, new Chart(app, 'chart'));
    new Chart(app, 'other');
    app.synth();
    const warnings = written.mock.calls.map(([text]) => String(text)).filter(text => text.startsWith('warning: '));
    expect(new Set(warnings).size).toBe(warnings.length);
    expect(warnings).toContain('warning: [chart/Profile] operator/app.json: unshare and setns are denied, but clone and clone3 can still create user namespaces '
      + '(namespaces-through-clone)\n');
  });
});

describe('fails', () => {
  const json = (document: object) => ({ profile: SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', ...document }) });
  const CARRIED = 'or use SeccompProfileDaemonSet, which carries every profile unchanged';

  test.each<[string, Options, string | RegExp]>([
    ['a default errno', json({ defaultErrnoRet: 38 }),
      `defaultErrnoRet: 38 would be silently dropped, expected no such field: name the calls in a rule with errnoRet; ${CARRIED}`],
    ['errno 0', json({ syscalls: [{ names: ['sync'], action: 'SCMP_ACT_ERRNO', errnoRet: 0 }] }),
      `syscalls[0].errnoRet: 0 would be silently dropped, and the calls would fail with EPERM (1), expected 1 or more, or no such field; ${CARRIED}`],
    ['a socket elsewhere', json({ listenerPath: '/run/agent.sock' }),
      `listenerPath: "/run/agent.sock" is not a path that the operator accepts, expected a socket in /var/run/security-profiles-operator/; ${CARRIED}`],
    ['an architecture that it does not have', { ...json({ architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_LOONGARCH64'] }) },
      /^architectures\[1\]: SCMP_ARCH_LOONGARCH64 is not an architecture of the operator, expected one of SCMP_ARCH_X86, /],
    ['both byte orders', { profile: MindieProfile.reference() },
      'architectures: SCMP_ARCH_MIPS is big-endian, SCMP_ARCH_X86_64 little-endian: the operator gives all nodes the same document, and no node could load this one, expected '
        + 'one byte order: pass the node kinds of the cluster as nodes, and if they have both byte orders, make one profile for each'],
    ['nodes of both byte orders', { profile: MindieProfile.reference(), nodes: [AMD64, S390X] }, /^architectures: SCMP_ARCH_S390X is big-endian, SCMP_ARCH_X86_64 little-/],
    ['a node that the profile does not serve', { nodes: [AMD64, LOONG64] }, /^architectures: .* names nothing that loong64 nodes run, expected at least one of SCMP_ARCH_LOONGARCH64$/],
    ['no nodes', { nodes: [] }, 'nodes is empty, expected at least one node kind, or leave the property out'],
    ['a profile for no kind of node', json({ architectures: ['SCMP_ARCH_PPC'] }),
      'architectures: SCMP_ARCH_PPC belong to no node kind that Kubernetes supports, so no node could load the profile'],
    ['what is not a version', { operatorVersion: 'latest' }, 'operatorVersion "latest" is not a version, expected one such as "1.0.0"'],
    ['an old version', { operatorVersion: '0.8.0' }, 'operatorVersion "0.8.0" is too old, expected 0.8.3 or later: older operators have other fields'],
    ['a namespace for a resource of the cluster', { namespace: 'mindie' },
      'namespace "mindie" is for an operator before 0.9.0, expected none: with 1.0.0 the resource belongs to the cluster'],
    ['no namespace for an old operator', { operatorVersion: '0.8.4' },
      'namespace is missing, expected one here or in the chart: the operator 0.8.4 puts profiles into operator/<namespace>/'],
    ['a name with a slash', { name: 'a/b' }, 'name "a/b" is not a SeccompProfile name, expected at most 250 lower case letters, digits, "-" and "."'],
    ['a long name', { name: 'a'.repeat(251) }, /^name "a+… is not a SeccompProfile name/],
  ])('on %s', (_, options, message) => {
    expect(() => construct(options)).toThrow(typeof message === 'string' ? new Error(message) : message);
  });

  test('on no socket and no repetition before 1.0.0', () => {
    const { profile } = json({ listenerPath: '/run/agent.sock', flags: ['SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_LOG'] });
    expect(() => construct({ profile, operatorVersion: '0.10.0' })).not.toThrow();
  });
});
