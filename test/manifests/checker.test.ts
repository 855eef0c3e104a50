import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { check, describeFinding, documents, MANIFEST_FIXTURES } from './rules/fixtures';
import {
  LintSeverity, MindieProfileDaemonSet, NodeArchitecture, NodeGate, SeccompMode, SeccompProfile, SeccompProfileDaemonSet,
  SeccompSecuredDeployment,
} from '../../src';
import { RULES } from '../../src/lint/rules';
import { ManifestCheckOptions } from '../../src/manifests/checker';
import { allNames } from '../../src/syscalls/numbers';
import { random } from '../seeded-random';
import { synthesize } from '../synthesize';

const CHARTS = join(__dirname, 'charts');
const charts = readdirSync(CHARTS).sort().flatMap(file => documents(readFileSync(join(CHARTS, file), 'utf8')));
const fixture = (name: string) => documents(MANIFEST_FIXTURES.find(each => each.name === name)!.text);
const found = (resources: any[], options?: ManifestCheckOptions) => check(resources, options).map(({ severity, rule }) => `${severity} ${rule}`);

test('judges the pods of a cluster full of charts', () => {
  expect(`\n${check(charts).map(describeFinding).join('\n')}\n`).toMatchSnapshot();
});

describe('the library\'s own manifests', () => {
  const render = (gate?: NodeGate) => {
    const chart = new Chart(new App(), 'app', { namespace: 'infer' });
    const architectures = [NodeArchitecture.AMD64, NodeArchitecture.ARM64].flatMap(node => node.architectures);
    const profiles = new SeccompProfileDaemonSet(chart, 'Profiles', {
      nodeGate: gate,
      // More than one ConfigMap takes.
      profiles: Array.from({ length: 30 }, (_, index) => ({
        path: `profiles/${index}.json`, profile: SeccompProfile.allowlist({ allowed: allNames().slice(index, 370), architectures }),
      })),
      lint: { severities: Object.fromEntries(RULES.map(({ id }) => [id, LintSeverity.OFF])) },
    });
    const mode = SeccompMode.localhost(profiles.addProfile('profiles/app.json', SeccompProfile.denylist({ denied: ['reboot'], architectures })));
    new SeccompSecuredDeployment(chart, 'App', { seccomp: mode, containers: [{ image: 'app:1.0.0' }] });
    return synthesize(chart);
  };
  const ids = (manifests: any[]) => check(manifests, { severities: { 'profile-lint': LintSeverity.INFO } }).filter(({ severity }) => severity === LintSeverity.ERROR).map(({ rule }) => rule);

  test.each([['without a gate', undefined], ['with a gate', NodeGate.nodeFeatureDiscovery()]])('have nothing that is an error, %s', (_, gate) => {
    expect(render(gate).filter(({ kind }) => kind === 'ConfigMap').length).toBeGreaterThan(1);
    expect(ids(render(gate))).toStrictEqual([]);
  });

  test('have nothing that is an error, for MindIE', () => {
    const chart = new Chart(new App(), 'app', { namespace: 'infer' });
    const seccomp = SeccompMode.localhost(new MindieProfileDaemonSet(chart, 'Profile'));
    new SeccompSecuredDeployment(chart, 'App', { seccomp, containers: [{ image: 'app:1.0.0' }] });
    expect(ids(synthesize(chart))).toStrictEqual([]);
  });

  test('fail without the ConfigMaps, and without the DaemonSet', () => {
    for (const kind of ['ConfigMap', 'DaemonSet']) {
      expect(ids(render().filter(manifest => manifest.kind !== kind))).toStrictEqual(['localhost-profile-not-distributed']);
    }
  });
});

describe('what a controller has made', () => {
  const spec = { containers: [{ name: 'app', image: 'app:1.0.0' }] };
  const owned = (kind: string, uid: string, owner: string, value: object) => ({
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, metadata: { name: uid, uid, ownerReferences: [{ kind: 'Other', uid: owner, controller: true }] }, spec: value,
  });
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', uid: 'd' }, spec: { template: { spec } } };
  const replicaSet = owned('ReplicaSet', 'rs', 'd', { template: { spec } });
  const pod = owned('Pod', 'p', 'rs', spec);
  const names = (...resources: any[]) => check(resources).map(({ resource }) => resource.name);

  test('is not judged beside its controller', () => {
    expect(names(pod, replicaSet, deployment)).toStrictEqual(['d']);
    expect(names(deployment, replicaSet, pod)).toStrictEqual(['d']);
  });

  test('is judged where its controller is not there, or has no template', () => {
    expect(names(pod)).toStrictEqual(['p']);
    expect(names(replicaSet, pod)).toStrictEqual(['rs']);
    expect(names(owned('Pod', 'p', 'k', spec), { apiVersion: 'kafka.example.com/v1', kind: 'Kafka', metadata: { name: 'k', uid: 'k' }, spec: { replicas: 3 } })).toStrictEqual(['p']);
  });

  test('is judged where an owner is not its controller', () => {
    const { metadata, ...rest } = pod;
    const loose = { ...rest, metadata: { ...metadata, ownerReferences: [{ kind: 'Deployment', uid: 'd' }] } };
    expect(names(deployment, loose)).toStrictEqual(['d', 'p']);
  });

  test('installs nothing of its own', () => {
    const [workload, , daemonSet] = fixture('localhost-profile-not-distributed/fires-other-path');
    const { spec: podSpec } = daemonSet.spec.template;
    const itself = { ...daemonSet, metadata: { ...daemonSet.metadata, uid: 'ds' } };
    expect(found([workload, itself, owned('Pod', 'p', 'ds', podSpec)])).toStrictEqual(['error localhost-profile-not-distributed']);
    // Without its DaemonSet nobody knows what it installs.
    expect(found([workload, owned('Pod', 'p', 'ds', podSpec)])).toStrictEqual(['warning localhost-profile-not-distributed']);
  });

  test('is held back with what is found at the end as well', () => {
    const localhost = { ...spec, securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/app.json' } } };
    const owner = { ...deployment, spec: { template: { spec: localhost } } };
    expect(names(owned('ReplicaSet', 'rs', 'd', { template: { spec: localhost } }), owner)).toStrictEqual(['d']);
  });
});

describe('options', () => {
  test.each<[what: string, name: string, options: ManifestCheckOptions, expected: string[]]>([
    ['another severity', 'seccomp-unset/fires', { severities: { 'seccomp-unset': LintSeverity.ERROR } }, ['error seccomp-unset']],
    ['a rule that is off', 'seccomp-unset/fires', { severities: { 'seccomp-unset': LintSeverity.OFF } }, []],
    ['a suppression', 'seccomp-unset/fires', { suppressions: [{ rule: 'seccomp-unset', reason: 'kubelets have seccompDefault' }] }, []],
    ['a suppressed rule of lint', 'profile-lint/fires', { suppressions: [{ rule: 'threads-cannot-start', reason: 'single-threaded' }] }, ['info denials-not-logged']],
    ['a severity for all of lint', 'profile-lint/fires', { severities: { 'profile-lint': LintSeverity.WARNING, 'denials-not-logged': LintSeverity.OFF } }, ['warning threads-cannot-start']],
    ['no lint', 'profile-lint/fires', { severities: { 'profile-lint': LintSeverity.OFF } }, []],
    ['no word about what is not JSON', 'profile-lint/fires-not-json', { severities: { 'invalid-profile': LintSeverity.OFF } }, []],
    ['an assumed profile', 'localhost-profile-not-distributed/fires', { assumedProfiles: ['profiles/vllm.json'] }, []],
    ['assumed names', 'localhost-profile-not-distributed/fires', { assumedProfiles: ['profiles/v*.js?n'] }, []],
    ['assumed directories', 'localhost-profile-not-distributed/fires', { assumedProfiles: ['**'] }, []],
    ['other assumed names', 'localhost-profile-not-distributed/fires', { assumedProfiles: ['*', 'profiles/vllm', 'profiles/vllmxjson'] }, ['error localhost-profile-not-distributed']],
    ['nodes for which there is no document', 'localhost-profile-not-distributed/silent', { targets: { nodes: [NodeArchitecture.RISCV64] }, severities: { 'profile-lint': LintSeverity.OFF } },
      ['error localhost-profile-not-distributed']],
    ['nodes for which there is one', 'localhost-profile-not-distributed/silent', { targets: { nodes: [NodeArchitecture.ARM64] } }, ['info denials-not-logged', 'info denials-not-logged']],
  ])('take %s', (_, name, options, expected) => expect(found(fixture(name), options)).toStrictEqual(expected));

  test.each<[what: string, options: ManifestCheckOptions, message: string]>([
    ['an unknown rule', { severities: { 'seccomp-unsett': LintSeverity.OFF } }, '"seccomp-unsett" is not a rule, expected one of architecture-unknown-to-runtime'],
    ['a suppression without a reason', { suppressions: [{ rule: 'seccomp-unset', reason: ' ' }] }, 'suppression of seccomp-unset has no reason'],
  ])('fail on %s', (_, options, message) => expect(() => check([], options)).toThrow(message));
});

test('says the same whatever the order of the documents', () => {
  const resources = [...charts, ...MANIFEST_FIXTURES.flatMap(({ text }) => documents(text))];
  const verdict = (all: any[]) => check(all).map(describeFinding).sort();
  const expected = verdict(resources);
  expect(expected.length).toBeGreaterThan(80);
  expect(verdict([...resources].reverse())).toStrictEqual(expected);
  for (let seed = 0; seed < 5; seed++) expect(verdict(shuffled(resources, seed))).toStrictEqual(expected);
});

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const pick = random(seed);
  return values.map(value => ({ value, rank: pick(2 ** 31) })).sort((one, other) => one.rank - other.rank).map(({ value }) => value);
}
