import { check } from './rules/fixtures';
import { Libc, NodeArchitecture, ContainerRuntime, SeccompValidation } from '../../src';
import { LintTargets } from '../../src/lint/targets';
import { RuntimeDefault } from '../../src/manifests/runtime-default';

const WITH_STUB = { runtimes: [ContainerRuntime.runc('1.1.5')] };
const verdict = (engine: string, targets?: LintTargets, architectures?: string[]) =>
  new RuntimeDefault([engine], targets).threadFaults(architectures).map(({ severity, message }) => `${severity}: ${message.replace(/: .*/, '')}`);

test.each<[what: string, engine: string, targets: LintTargets, architectures: string[] | undefined, expected: string[]]>([
  ['the default fleet', 'containerd@1.5.5', {}, undefined,
    ['error: threads cannot start under glibc 2.34 and later on X86_64 and X86, under glibc 2.38 and later on AARCH64, under glibc 2.39 and later on ARM '
      + '(runc 1.1.5, 1.1.15 and 1.3.6, crun 1.8.1 and 1.21)']],
  ['the nodes of the pod', 'containerd@1.5.5', { nodes: [NodeArchitecture.AMD64] }, ['s390x'],
    ['error: threads cannot start under glibc 2.38 and later on S390X and S390 (runc 1.1.5, 1.1.15 and 1.3.6, crun 1.8.1 and 1.21)']],
  ['the nodes of the fleet', 'containerd@1.5.5', { nodes: [NodeArchitecture.PPC64LE], ...WITH_STUB }, undefined,
    ['error: threads cannot start under glibc 2.38 and later on PPC64LE (runc 1.1.5)']],
  ['nodes of which nothing is known', 'containerd@1.5.5', {}, ['sparc64'], []],
  ['images before glibc 2.34', 'containerd@1.5.5', { libcs: [Libc.glibc('2.33')] }, undefined, []],
  ['images with musl', 'containerd@1.5.5', { libcs: [Libc.musl()] }, undefined, []],
  ['images of Ubuntu 22.04 on arm64', 'docker@20.10.9', { libcs: [Libc.glibc('2.35')] }, ['arm64'], []],
  ['images of Ubuntu 24.04 on arm64', 'docker@20.10.9', { libcs: [Libc.glibc('2.39')], ...WITH_STUB }, ['arm64'],
    ['error: threads cannot start under glibc 2.39 and later on AARCH64 and ARM (runc 1.1.5)']],
  ['a profile older than clone3 with runtimes that nobody named', 'docker@19.03.15', {}, ['amd64'],
    ['warning: threads cannot start under glibc 2.34 and later on X86_64 and X86 (runc 1.0.0-rc92, crun 1.8.1 and 1.21)']],
  ['a profile older than clone3 with crun', 'docker@19.03.15', { runtimes: [ContainerRuntime.crun('1.8.1')] }, ['amd64'],
    ['error: threads cannot start under glibc 2.34 and later on X86_64 and X86 (crun 1.8.1)']],
  ['a profile older than clone3 with runc\'s stub', 'docker@19.03.15', WITH_STUB, ['amd64'], []],
  ['a newer profile with runc\'s stub', 'docker@20.10.0', WITH_STUB, ['amd64'], ['error: threads cannot start under glibc 2.34 and later on X86_64 and X86 (runc 1.1.5)']],
])('judges %s', (_, engine, targets, architectures, expected) => {
  expect(verdict(engine, targets, architectures)).toStrictEqual(expected);
});

const RELEASES = [['docker', ['19.03', '20.10', '23.0']], ['containerd', ['1.2', '1.3', '1.4', '1.5', '1.6', '2.0']]] as const;
const BRANCHES = RELEASES.flatMap(([name, branches]) => branches.map(branch => Array.from({ length: 25 }, (_, patch) => `${name}@${branch}.${patch}`)));

test.each(BRANCHES.map(branch => [branch[0], branch] as const))('finds no more in what comes after %s', (_, branch) => {
  for (const targets of [{}, { runtimes: [ContainerRuntime.crun('1.8.1')] }, { runtimes: [ContainerRuntime.runc('1.0.0-rc92')] }]) {
    const counts = branch.map(engine => verdict(engine, targets, ['amd64', 'arm64']).length);
    expect(counts).toStrictEqual([...counts].sort((one, other) => other - one));
  }
});

test('finds something in a branch before its fix, and nothing after it', () => {
  const last = (branch: readonly string[]) => branch.filter(engine => verdict(engine).length > 0).pop();
  expect(BRANCHES.map(last)).toStrictEqual([
    'docker@19.03.24', 'docker@20.10.9', undefined, 'containerd@1.2.24', 'containerd@1.3.24', 'containerd@1.4.9', 'containerd@1.5.5', undefined, undefined,
  ]);
});

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } }, containers: [{ name: 'app' }] } };

test('says nothing about RuntimeDefault where no engine is named', () => {
  expect(check([pod])).toStrictEqual([]);
  expect(check([pod], { engines: [] })).toStrictEqual([]);
});

test('names engines with the same profile together, and once', () => {
  const engines = ['docker@20.10.5', 'containerd@1.5.6', 'containerd@1.5.2', 'docker@20.10.5', 'docker@18.09.9'];
  expect(check([pod], { engines }).map(({ severity, message }) => `${severity} ${message.replace(/: .*/, '')}`)).toStrictEqual([
    'error container "app", under RuntimeDefault of Docker 20.10.5 and containerd 1.5.2', 'warning container "app", under RuntimeDefault of Docker 18.09.9',
  ]);
});

describe('the property engines of SeccompValidation', () => {
  const validate = async (engines: any) => {
    const seen: string[] = [];
    await new SeccompValidation({ engines }).validate({
      manifests: ['app.k8s.yaml'],
      parseManifest: () => [pod],
      report: { addViolation: ({ ruleName }: any) => seen.push(ruleName), submit: (status: string) => seen.push(status) },
    });
    return seen;
  };

  test('fails the synth where threads cannot start', async () => {
    expect(await validate(['containerd@1.5.2'])).toStrictEqual(['workload-threads-cannot-start', 'failure']);
    expect(await validate(['containerd@1.5.6'])).toStrictEqual(['success']);
    expect(await validate(undefined)).toStrictEqual(['success']);
  });

  test.each([
    ['no list', 'containerd@1.5.2', 'property engines of SeccompValidation is "containerd@1.5.2", expected a list of container engines such as containerd@1.5.2'],
    ['no engine', ['runc@1.1.5'], '"runc@1.1.5" is not a container engine, expected docker@VERSION or containerd@VERSION, such as containerd@1.5.2'],
  ])('fails on what is %s', (_, engines, message) => expect(() => new SeccompValidation({ engines })).toThrow(new Error(message)));
});
