import { Chart, Cron, JsonPatch, ApiObject, Testing } from 'cdk8s';
import { ContainerProps, SeccompProfileType, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  MindieProfileDaemonSet, SeccompMode, SeccompSecuredCronJob, SeccompSecuredDaemonSet, SeccompSecuredDeployment, SeccompSecuredJob,
  SeccompSecuredPod, SeccompSecuredStatefulSet,
} from '../../src';
import { synthesize, theOnly, validationErrors } from '../synthesize';

interface Props {
  readonly seccomp?: SeccompMode;
  readonly containers: ContainerProps[];
  readonly initContainers?: ContainerProps[];
}

const KINDS: [string, (chart: Chart, props: Props) => { seccomp: SeccompMode; addContainer: (props: ContainerProps) => unknown }][] = [
  ['Deployment', (chart, props) => new SeccompSecuredDeployment(chart, 'Workload', props)],
  ['StatefulSet', (chart, props) => new SeccompSecuredStatefulSet(chart, 'Workload', {
    ...props, service: new Service(chart, 'Service', { ports: [{ port: 80 }] }),
  })],
  ['DaemonSet', (chart, props) => new SeccompSecuredDaemonSet(chart, 'Workload', props)],
  ['Job', (chart, props) => new SeccompSecuredJob(chart, 'Workload', props)],
  ['CronJob', (chart, props) => new SeccompSecuredCronJob(chart, 'Workload', { ...props, schedule: Cron.daily() })],
  ['Pod', (chart, props) => new SeccompSecuredPod(chart, 'Workload', props)],
];

const LOCALHOST = SeccompMode.localhostPath('profiles/a.json');
const container = (props: Partial<ContainerProps> = {}): ContainerProps => ({ image: 'app:1.0.0', ...props });
const podSpecOf = (manifest: any) => manifest.kind === 'Pod' ? manifest.spec : (manifest.spec.jobTemplate ?? manifest).spec.template.spec;

describe.each(KINDS)('%s', (kind, create) => {
  test('renders with the mode on the pod', () => {
    const chart = Testing.chart();
    create(chart, { seccomp: LOCALHOST, containers: [container()] });
    expect(theOnly(synthesize(chart), kind)).toMatchSnapshot();
  });

  test.each([
    [undefined, { type: 'Unconfined' }],
    [SeccompMode.UNCONFINED, { type: 'Unconfined' }],
    [SeccompMode.RUNTIME_DEFAULT, { type: 'RuntimeDefault' }],
    [LOCALHOST, { type: 'Localhost', localhostProfile: 'profiles/a.json' }],
  ])('puts mode %s on the pod and on no container', (seccomp, expected) => {
    const chart = Testing.chart();
    const workload = create(chart, { seccomp, containers: [container()], initContainers: [container()] });
    const spec = podSpecOf(theOnly(synthesize(chart), kind));
    expect(spec.securityContext.seccompProfile).toStrictEqual(expected);
    const own = [...spec.containers, ...spec.initContainers].map(({ securityContext }) => securityContext.seccompProfile);
    expect(own).toStrictEqual([undefined, undefined]);
    expect(workload.seccomp).toBe(seccomp ?? SeccompMode.UNCONFINED);
  });

  test('keeps the rest of the pod\'s security context', () => {
    const chart = Testing.chart();
    create(chart, { seccomp: LOCALHOST, containers: [container()] });
    expect(podSpecOf(theOnly(synthesize(chart), kind)).securityContext).toMatchObject({ runAsNonRoot: true, fsGroupChangePolicy: 'Always' });
  });

  test('fails when a container added later weakens the mode', () => {
    const chart = Testing.chart();
    const workload = create(chart, { seccomp: SeccompMode.RUNTIME_DEFAULT, containers: [container()] });
    workload.addContainer(container({ name: 'sidecar', securityContext: { seccompProfile: { type: SeccompProfileType.UNCONFINED } } }));
    expect(validationErrors(chart)).toStrictEqual([
      '[test/Workload] container "sidecar" sets seccompProfile Unconfined, which wins over the pod\'s RuntimeDefault: remove it, or give the pod that mode',
    ]);
  });
});

describe('containers that set a profile of their own', () => {
  const errors = (seccomp: SeccompMode, securityContext: ContainerProps['securityContext'], init = false) => {
    const chart = Testing.chart();
    const own = container({ name: 'own', securityContext });
    new SeccompSecuredDeployment(chart, 'App', init
      ? { seccomp, containers: [container()], initContainers: [own] }
      : { seccomp, containers: [own] });
    return validationErrors(chart);
  };

  test.each([
    ['Unconfined under Localhost', LOCALHOST, { seccompProfile: { type: SeccompProfileType.UNCONFINED } },
      'container "own" sets seccompProfile Unconfined, which wins over the pod\'s Localhost profiles/a.json: remove it, or give the pod that mode'],
    ['Localhost without a path', LOCALHOST, { seccompProfile: { type: SeccompProfileType.LOCALHOST } },
      'container "own" sets seccompProfile Localhost with localhostProfile undefined, which the API server refuses, expected a path below the kubelet\'s seccomp directory: remove it, or give the pod that mode'],
    ['Localhost with a path the API server refuses', SeccompMode.UNCONFINED, { seccompProfile: { type: SeccompProfileType.LOCALHOST, localhostProfile: '/a.json' } },
      'container "own" sets seccompProfile Localhost with localhostProfile "/a.json", which the API server refuses, expected a path below the kubelet\'s seccomp directory: remove it, or give the pod that mode'],
    ['Localhost with an empty path, which the API server accepts', SeccompMode.UNCONFINED, { seccompProfile: { type: SeccompProfileType.LOCALHOST, localhostProfile: '' } },
      'container "own" sets seccompProfile Localhost with localhostProfile "", which names no file, expected a path below the kubelet\'s seccomp directory: remove it, or give the pod that mode'],
    ['privileged under RuntimeDefault', SeccompMode.RUNTIME_DEFAULT, { privileged: true, allowPrivilegeEscalation: true },
      'container "own" is privileged, so the kernel applies no seccomp profile to it, not even RuntimeDefault: drop privileged, or use SeccompMode.UNCONFINED to say so'],
    ['privileged with a profile of its own', SeccompMode.UNCONFINED, { privileged: true, allowPrivilegeEscalation: true, seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT } },
      'container "own" is privileged, so the kernel applies no seccomp profile to it, not even RuntimeDefault: drop privileged, or use SeccompMode.UNCONFINED to say so'],
  ])('fails for %s', (_, mode, securityContext, message) => {
    expect(errors(mode, securityContext)).toStrictEqual([`[test/App] ${message}`]);
    expect(errors(mode, securityContext, true)).toStrictEqual([`[test/App] ${message.replace('container', 'initContainer')}`]);
  });

  test.each([
    ['a stricter profile under Unconfined', SeccompMode.UNCONFINED, { seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT } }],
    ['RuntimeDefault under Localhost', LOCALHOST, { seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT } }],
    ['another Localhost profile', LOCALHOST, { seccompProfile: { type: SeccompProfileType.LOCALHOST, localhostProfile: 'profiles/own' } }],
    ['privileged under Unconfined', SeccompMode.UNCONFINED, { privileged: true, allowPrivilegeEscalation: true }],
  ])('accepts and keeps %s', (_, seccomp, securityContext) => {
    expect(errors(seccomp, securityContext)).toStrictEqual([]);
    const chart = Testing.chart();
    new SeccompSecuredDeployment(chart, 'App', { seccomp, containers: [container({ securityContext })] });
    const { containers } = podSpecOf(theOnly(synthesize(chart), 'Deployment'));
    expect(containers[0].securityContext.seccompProfile).toStrictEqual((securityContext as any).seccompProfile);
  });
});

describe('seccomp annotations of the pod', () => {
  const POD = 'seccomp.security.alpha.kubernetes.io/pod';
  const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/main';
  const own = container({ name: 'main', securityContext: { seccompProfile: { type: SeccompProfileType.LOCALHOST, localhostProfile: 'profiles/own.json' } } });
  const errors = (create: (chart: Chart, annotations: Record<string, string>) => void, annotations: Record<string, string>) => {
    const chart = Testing.chart();
    create(chart, annotations);
    return validationErrors(chart);
  };
  const deployment = (seccomp: SeccompMode, containers = [container({ name: 'main' })]) => (chart: Chart, annotations: Record<string, string>) =>
    new SeccompSecuredDeployment(chart, 'Workload', { seccomp, containers, podMetadata: { annotations } });
  const pod = (chart: Chart, annotations: Record<string, string>) =>
    new SeccompSecuredPod(chart, 'Workload', { seccomp: SeccompMode.RUNTIME_DEFAULT, containers: [container()], metadata: { annotations } });
  const message = (name: string, value: string, type: string) =>
    `[test/Workload] annotation ${name} says "${value}", the field ${type}, and the API server refuses pods in which they differ: remove the annotation`;

  test.each([
    ['RuntimeDefault', deployment(SeccompMode.RUNTIME_DEFAULT), POD, 'unconfined', 'RuntimeDefault'],
    ['Localhost of another path', deployment(LOCALHOST), POD, 'localhost/profiles/b.json', 'Localhost'],
    ['Unconfined, which is the default', deployment(SeccompMode.UNCONFINED), POD, 'runtime/default', 'Unconfined'],
    ['a container of its own', deployment(SeccompMode.RUNTIME_DEFAULT, [own]), CONTAINER, 'unconfined', 'Localhost'],
    ['a pod', pod, POD, 'unconfined', 'RuntimeDefault'],
  ])('fail where they contradict the field: %s', (_, create, name, value, type) => {
    expect(errors(create, { [name]: value })).toStrictEqual([message(name, value, type)]);
  });

  test.each([
    ['the same mode', deployment(SeccompMode.RUNTIME_DEFAULT), { [POD]: 'runtime/default' }],
    ['the old name of the same mode', deployment(SeccompMode.RUNTIME_DEFAULT), { [POD]: 'docker/default' }],
    ['the same profile', deployment(LOCALHOST), { [POD]: 'localhost/profiles/a.json' }],
    ['a container without a field', deployment(LOCALHOST), { [CONTAINER]: 'unconfined' }],
    ['something else', deployment(LOCALHOST), { 'example.com/seccomp': 'unconfined' }],
  ])('pass with %s', (_, create, annotations) => {
    expect(errors(create, annotations)).toStrictEqual([]);
  });
});

test('renders twice to the same bytes', () => {
  const chart = Testing.chart();
  new SeccompSecuredDeployment(chart, 'App', { seccomp: LOCALHOST, containers: [container()] });
  expect(synthesize(chart)).toStrictEqual(synthesize(chart));
});

test('lets JSON patches of the user have the last word', () => {
  const chart = Testing.chart();
  const app = new SeccompSecuredDeployment(chart, 'App', { seccomp: LOCALHOST, containers: [container()] });
  ApiObject.of(app).addJsonPatch(JsonPatch.replace('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }));
  expect(podSpecOf(theOnly(synthesize(chart), 'Deployment')).securityContext.seccompProfile).toStrictEqual({ type: 'RuntimeDefault' });
});

test('writes the chart that brings the profile before the chart that needs it', () => {
  const app = Testing.app();
  const motor = new Chart(app, 'motor');
  const profiles = new Chart(app, 'profiles');
  const daemonSet = new MindieProfileDaemonSet(profiles, 'Profile');
  new SeccompSecuredDeployment(motor, 'App', { seccomp: SeccompMode.localhost(daemonSet.profileAt(daemonSet.localhostProfile)), containers: [container()] });
  const yaml = app.synthYaml() as string;
  expect(yaml.indexOf('kind: DaemonSet')).toBeLessThan(yaml.indexOf('kind: Deployment'));
});

test('comes after what brings the profile in the same chart', () => {
  const chart = Testing.chart();
  const first = new Construct(chart, 'First');
  const seccomp = SeccompMode.localhost(new MindieProfileDaemonSet(chart, 'Profile'));
  new SeccompSecuredDeployment(first, 'App', { seccomp, containers: [container()] });
  expect(synthesize(chart).map(({ kind }) => kind)).toStrictEqual(['ConfigMap', 'ResourceQuota', 'DaemonSet', 'Deployment']);
});

test('has its chart depend once on the one that brings the profile', () => {
  const app = Testing.app();
  const [motor, profiles] = ['motor', 'profiles'].map(id => new Chart(app, id));
  const seccomp = SeccompMode.localhost(new MindieProfileDaemonSet(profiles, 'Profile'));
  const workloads = ['A', 'B'].map(id => new SeccompSecuredDeployment(motor, id, { seccomp, containers: [container()] }));
  expect([motor, ...workloads].map(({ node }) => node.dependencies)).toStrictEqual([[profiles], [], []]);
});
