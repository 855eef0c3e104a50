import { isClassType, isInterfaceType, isNamedTypeReference, loadAssemblyFromPath, Parameter } from '@jsii/spec';
import { App, Testing } from 'cdk8s';
import { call, chart, profile, Sample, SAMPLES, Values } from './api-samples';
import { apiOf, initializer } from '../../scripts/api-signatures';
import * as api from '../../src';

/** What `npm run compile` made of src. */
const ASSEMBLY = loadAssemblyFromPath('.');

const CIRCULAR: Record<string, unknown> = {};
CIRCULAR.self = CIRCULAR;
const WRONG: Values = [undefined, null, 'arm64', 42, true, 7n, {}, [], ['arm64'], [null], () => 1, CIRCULAR, new App(), Symbol('a')];

/** What takes everything, and why. */
const UNTYPED: Readonly<Record<string, string>> = {
  'AllowedProfile.localhost.0.localhostProfile': 'read at synth',
  'PodSecurity.check.2': 'null is as good as nothing',
  'PodSecurity.check.0': 'a pod that the API server would not take either counts as one that sets nothing',
  'PodSecurity.check.0.containers': 'see there',
  'PodSecurity.check.0.containers.0': 'see there',
  'PodSecurity.check.0.containers.0.name': 'see there',
  'SeccompMode.localhost.0.localhostProfile': 'read at synth',
  'SeccompProfile.decide.0.args.0': 'of any type; null is not known',
  'new SeccompValidation.0': 'an empty place of cdk8s.yaml',
};
/** Properties that cdk8s-plus reads. */
const FOREIGN = ['affinity', 'containers', 'resources', 'schedule', 'tolerations'];

interface Place {
  readonly name: string;
  readonly good: unknown;
  /** The sample with another value there. */
  readonly args: (value: unknown) => Values;
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
const kindOf = (value: unknown) => value === null || Array.isArray(value) ? String(value && 'list') : isPlain(value) || value instanceof App ? 'object' : typeof value;

/** A copy of lists and objects in which one value is another. */
function replaced(value: any, [key, ...rest]: string[], by: unknown): any {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** Each argument of a sample, and what is in its lists and objects. */
function placesOf(member: string, sample: Sample): Place[] {
  const below = (value: unknown, path: string[]): Place[] => [
    ...path.length === 0 ? [] : [{ name: [member, ...path].join('.'), good: value, args: (by: unknown) => replaced(sample(), path, by) }],
    ...isPlain(value) ? Object.entries(value).filter(([key]) => !FOREIGN.includes(key)).flatMap(([key, each]) => below(each, [...path, key])) : [],
  ];
  return below(sample(), []);
}

/** Where a wrong value is taken, or ends in an error that is not ours. */
function faults(member: string, sample: Sample, run: typeof call = call): string[] {
  return placesOf(member, sample).flatMap(({ name, good, args }) => WRONG.flatMap(wrong => {
    // cdk8s-plus has words of its own for what it needs.
    if (member.startsWith('new SeccompSecured') && name.endsWith('.0') && (wrong === undefined || kindOf(wrong) === 'object')) return [];
    const shown = `${name} = ${kindOf(wrong)} ${isPlain(wrong) ? '' : String(wrong)}`;
    try {
      run(member, args(wrong));
      const isTaken = wrong === undefined || name in UNTYPED || kindOf(wrong) === kindOf(good);
      return isTaken ? [] : [`${shown}: is taken`];
    } catch (error) {
      const { name: type, message } = error as Error;
      return type === 'InputError' || message.startsWith('Validation failed') ? [] : [`${shown}: ${type}: ${message}`];
    }
  }));
}

const isOurs = (fqn: string) => fqn.startsWith('cdk8s-seccomp.');

/** What the API has of methods and constructors, each with what it takes; of a construct without its place in the tree. */
function callables(): [string, Parameter[]][] {
  return apiOf(ASSEMBLY).filter(isClassType).flatMap(type => {
    const made = initializer(type);
    const all: [string, Parameter[]][] = [
      ...made ? [[made.name, (made.parameters ?? []).filter(({ name }) => name !== 'scope' && name !== 'id')] as [string, Parameter[]]] : [],
      ...(type.methods ?? []).map(({ name, parameters = [] }): [string, Parameter[]] => [`${type.name}.${name}`, parameters]),
    ];
    return all.filter(([, parameters]) => parameters.length > 0);
  });
}

/** The properties that a struct of this package adds to those of other packages. */
function propertiesOf(fqn: string): string[] {
  const type = ASSEMBLY.types?.[fqn];
  return type && isInterfaceType(type) && type.datatype
    ? [...(type.properties ?? []).map(({ name }) => name), ...(type.interfaces ?? []).filter(isOurs).flatMap(propertiesOf)] : [];
}

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

test('asks every method and constructor', () => {
  const elsewhere = ['SeccompValidation.validate'];
  expect(Object.keys(SAMPLES)).toStrictEqual(callables().map(([name]) => name).filter(name => !elsewhere.includes(name)).sort());
});

test('asks every property', () => {
  const missing = callables().filter(([name]) => name in SAMPLES).flatMap(([name, parameters]) => parameters.flatMap(({ type }, index) => {
    const sample = Object(SAMPLES[name]()[index]) as object;
    return isNamedTypeReference(type) ? propertiesOf(type.fqn).filter(key => !(key in sample)).map(key => `${name}.${key}`) : [];
  }));
  expect(missing).toStrictEqual([]);
});

describe.each(Object.entries(SAMPLES))('%s', (member, sample) => {
  test('takes what is right', () => {
    expect(() => call(member, sample())).not.toThrow();
  });

  test('says in words of ours what is wrong', () => {
    expect(faults(member, sample)).toStrictEqual([]);
  });
});

test('would notice a call that takes everything, and one that fails by itself', () => {
  const sample = () => [{ names: ['a'] }];
  expect(faults('X.y', sample, () => undefined)).toContain('X.y.0.names.0 = number 42: is taken');
  const fails = (_: string, [{ names }]: any[]) => names.map((name: string) => name.trim());
  expect(faults('X.y', sample, fails)).toEqual(expect.arrayContaining([
    expect.stringContaining('X.y.0 = null null: TypeError: Cannot '), 'X.y.0.names.0 = number 42: TypeError: name.trim is not a function',
  ]));
});

const MODE = 'expected a SeccompMode such as SeccompMode.RUNTIME_DEFAULT';
const PROFILE = 'expected a SeccompProfile such as SeccompProfile.fromFile(path) or SeccompProfile.fromJson(document)';
const DISTRIBUTOR = 'expected a profile on the nodes, such as a MindieProfileDaemonSet or the result of addProfile';
const secured = (seccomp: unknown) => new api.SeccompSecuredPod(chart(), 'Pod', { seccomp: seccomp as any, containers: [{ image: 'a' }] });
const distributed = (props: any) => new api.SeccompProfileDaemonSet(chart(), 'Profiles', props);

test.each<[string, () => unknown, string]>([
  ['the name of a mode', () => secured('RuntimeDefault'), `[chart/Pod] ${MODE}, got "RuntimeDefault"`],
  ['null for a mode', () => secured(null), `[chart/Pod] ${MODE}, got null`],
  ['the class for a mode', () => secured(api.SeccompMode), `[chart/Pod] ${MODE}, got the function or class SeccompMode`],
  ['a profile for a mode', () => secured(profile()), `[chart/Pod] ${MODE}, got an instance of SeccompProfile`],
  ['a path for what distributes it', () => api.SeccompMode.localhost('profiles/a.json' as any),
    `${DISTRIBUTOR}, got "profiles/a.json": for a path use SeccompMode.localhostPath(path)`],
  ['nothing for what distributes it', () => api.SeccompMode.localhost(undefined as any), `${DISTRIBUTOR}, got undefined`],
  ['the path of a profile', () => distributed({ profiles: [{ path: 'a.json', profile: 'a.json' }] }), `[chart/Profiles] profiles[0].profile: ${PROFILE}, got "a.json"`],
  ['the document of a profile', () => distributed({}).addProfile('a.json', { defaultAction: 'SCMP_ACT_ALLOW' } as any),
    `[chart/Profiles] profile: ${PROFILE}, got {"defaultAction":"SCMP_ACT_ALLOW"}`],
  ['a text for profiles', () => distributed({ profiles: 'x' }), '[chart/Profiles] profiles: expected a list, got "x"'],
  ['no list of nodes', () => api.SeccompProfile.denylist({ denied: ['bpf'] }).decide({ syscall: 'bpf', architecture: 'X86' as any }),
    'query.architecture: expected a SeccompArchitecture such as SeccompArchitecture.X86_64, got "X86"'],
  ['names of nodes', () => new api.ProfileLinter({ targets: { nodes: ['arm64' as any] } }),
    'targets.nodes[0]: expected a NodeArchitecture such as NodeArchitecture.ARM64, got "arm64"'],
  ['one name for names of calls', () => profile().withDenied('mount' as any), 'names: expected a list, got "mount"'],
  ['names of calls in a list', () => api.SyscallRule.deny(['mount'] as any), '["mount"] is not a system call that libseccomp knows, expected a name such as "clone3"'],
  ['no path', () => api.SeccompProfile.fromFile(undefined as any), 'path: expected a text, got undefined'],
  ['no properties', () => api.SeccompProfile.denylist(null as any), 'expected an object, got null'],
  ['a quantity as Kubernetes writes it', () => distributed({ resources: { limits: { memory: '64Mi' } } }),
    '[chart/Profiles] resources.limits.memory: expected a Quantity such as k8s.Quantity.fromString("64Mi"), got "64Mi"'],
  ['one taint for a list', () => distributed({ tolerations: { operator: 'Exists' } }), '[chart/Profiles] tolerations: expected a list, got {"operator":"Exists"}'],
  ['an affinity that is none', () => distributed({ affinity: ['a'] }), '[chart/Profiles] affinity: expected an object, got ["a"]'],
  ['a construct for an image', () => new api.ThreadProbe(chart(), 'Probe', { image: new App() as any }), '[chart/Probe] image: expected a text, got an instance of App'],
  ['a mode by its name in a list', () => new api.ThreadProbe(chart(), 'Probe', { image: 'a', modes: ['Unconfined' as any] }), `[chart/Probe] ${MODE}, got "Unconfined"`],
])('fails on %s', (_, action, message) => {
  expect(action).toThrow(new Error(message));
});

test('takes a value of a second copy of the package', () => {
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { SeccompMode } = require('../../src') as typeof api;
    expect(SeccompMode).not.toBe(api.SeccompMode);
    const pod = secured(SeccompMode.RUNTIME_DEFAULT);
    expect(Testing.synth(pod.node.scope as any)[0].spec.securityContext.seccompProfile).toStrictEqual({ type: 'RuntimeDefault' });
  });
});
