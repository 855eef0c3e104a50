import { Chart, Cron, Duration, Testing } from 'cdk8s';
import { k8s, LabelExpression, PercentOrAbsolute } from 'cdk8s-plus-28';
import * as api from '../../src';

export type Values = unknown[];
/** Arguments that are right, with every property of every struct; made anew for each call. */
export type Sample = () => Values;

const FILE = 'test/lint/profiles/agent.json';
export const profile = () => api.SeccompProfile.denylist({ denied: ['bpf'], architectures: [api.SeccompArchitecture.X86_64] });
const node = api.NodeArchitecture.AMD64;
const architecture = api.SeccompArchitecture.X86_64;
const runtime = api.ContainerRuntime.DEFAULT;
export const chart = () => new Chart(Testing.app(), 'chart', { namespace: 'default' });
const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } } };
const tolerations = [{ key: 'a', operator: 'Exists' }];
const resources = { limits: { cpu: k8s.Quantity.fromString('1') }, requests: { cpu: k8s.Quantity.fromString('1') } };
const lint = () => ({
  targets: { kernel: '6.1', libcs: [api.Libc.musl()], nodes: [node], runtimes: [runtime] },
  severities: { 'missing-compat-abi': api.LintSeverity.OFF },
  suppressions: [{ rule: 'missing-compat-abi', reason: 'no 32-bit programs' }],
});
const daemonSet = () => ({
  annotations: { a: 'b' },
  affinity,
  gitOps: api.GitOps.flux(),
  image: 'busybox:1',
  imagePullSecrets: ['a'],
  kubeletRoot: '/var/lib/kubelet',
  labels: { a: 'b' },
  lint: lint(),
  logFormat: api.InstallerLogFormat.JSON,
  namespace: 'a',
  nodeGate: api.NodeGate.nodeFeatureDiscovery(),
  nodeSelector: { a: 'b' },
  onDelete: api.ProfilesOnDelete.RETAIN,
  priorityClassName: 'a',
  priorityClassQuota: api.PriorityClassQuota.NONE,
  resources,
  resync: Duration.minutes(1),
  retain: 1,
  retainFor: Duration.days(1),
  seLinuxType: 'spc_t',
  tolerations,
  update: api.DaemonSetUpdate.rolling(PercentOrAbsolute.absolute(1)),
  versioning: api.ProfileVersioning.CONTENT_HASH,
});
const query = { architecture, node, runtime, args: [0], syscall: 'clone', number: undefined };
const docker = { node, capabilities: ['SYS_ADMIN'], kernelVersion: '5.10' };
const secured = { seccomp: api.SeccompMode.RUNTIME_DEFAULT, containers: [{ image: 'a' }] };
const nodes = { nodeSelector: { a: 'b' }, affinity, tolerations };

/** Every method and constructor of the API; of a construct without its place in the tree. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  'AdmissionNamespaces.labeled': () => [{ a: 'b' }, LabelExpression.exists('a')],
  'AdmissionNamespaces.named': () => ['a'],
  'AllowedProfile.localhost': () => [{ localhostProfile: 'a.json' }],
  'AllowedProfile.localhostPath': () => ['a.json'],
  'ContainerRuntime.crun': () => ['1.8.1', { libseccomp: '2.5.4' }],
  'ContainerRuntime.runc': () => ['1.1.5', { libseccomp: '2.5.4' }],
  'DaemonSetUpdate.rolling': () => [PercentOrAbsolute.absolute(1)],
  'GitOps.argoCd': () => [{ syncWave: 1 }],
  'Libc.glibc': () => ['2.36'],
  'MindieProfile.debugging': () => [{ allow: [api.HardeningGroup.KEYRING] }],
  'MindieProfile.hardened': () => [{ allow: [api.HardeningGroup.KEYRING] }],
  'NodeArchitecture.of': () => ['arm64'],
  'NodeArchitecture.running': () => [architecture],
  'NodeGate.labelOf': () => ['a.json'],
  'NodeGate.nodeFeatureDiscovery': () => [{ featuresDirectory: '/etc/nfd' }],
  'NodeGate.nodeLabel': () => [{ patchPolicy: api.NodePatchPolicy.UNRESTRICTED }],
  'PodSecurity.check': () => [{ containers: [{ name: 'a' }] }, api.PodSecurityLevel.RESTRICTED, 'v1.29'],
  'ProbeRun.onEveryNode': () => [nodes],
  'ProbeRun.once': () => [{ ...nodes, timeout: Duration.minutes(1) }],
  'ProfileLinter.fix': () => ['{}'],
  'ProfileLinter.lint': () => [profile()],
  'ProfileLinter.lintText': () => ['{}'],
  'SeccompAction.of': () => ['SCMP_ACT_LOG'],
  'SeccompArchitecture.of': () => ['SCMP_ARCH_X86'],
  'SeccompMode.localhost': () => [{ localhostProfile: 'a.json' }],
  'SeccompMode.localhostPath': () => ['a.json'],
  'SeccompMode.of': () => ['unconfined'],
  'SeccompPolicy.apply': () => [api.SeccompMode.RUNTIME_DEFAULT, { exclude: [chart()], override: true }],
  'SeccompPolicy.of': () => [chart()],
  'SeccompPolicy.resolver': () => [api.SeccompMode.RUNTIME_DEFAULT, { exclude: [chart()], override: true }],
  'SeccompProfile.allowlist': () => [{ allowed: ['read'], architectures: [architecture], defaultErrno: 1, rules: [api.SyscallRule.allow('write')] }],
  'SeccompProfile.decide': () => [query],
  'SeccompProfile.denylist': () => [{ denied: ['bpf'], architectures: [architecture], rules: [api.SyscallRule.deny('mount')] }],
  'SeccompProfile.diff': () => [profile(), { architectures: [architecture], runtime }],
  'SeccompProfile.forNode': () => [node],
  'SeccompProfile.fromDockerFormat': () => ['{ "defaultAction": "SCMP_ACT_ERRNO", "archMap": [] }', docker],
  'SeccompProfile.fromFile': () => [FILE],
  'SeccompProfile.fromJson': () => ['{ "defaultAction": "SCMP_ACT_ALLOW" }'],
  'SeccompProfile.fromOperatorResource': () => ['apiVersion: security-profiles-operator.x-k8s.io/v1\nkind: SeccompProfile\nspec: { defaultAction: SCMP_ACT_ALLOW }'],
  'SeccompProfile.intersect': () => [profile()],
  'SeccompProfile.logging': () => [profile()],
  'SeccompProfile.threads': () => [{ architecture, kernel: '6.1', libc: api.Libc.musl(), node, runtime }],
  'SeccompProfile.union': () => [profile()],
  'SeccompProfile.withAllowed': () => [['bpf']],
  'SeccompProfile.withArchitectures': () => [[architecture]],
  'SeccompProfile.withDenied': () => [['mount'], 1],
  'SeccompProfile.withoutSyscalls': () => [['bpf']],
  'SeccompProfileDaemonSet.addProfile': () => ['a.json', profile()],
  'SeccompProfileDaemonSet.profileAt': () => ['profiles/app.json'],
  'SeccompRequirement.oneOf': () => [api.AllowedProfile.RUNTIME_DEFAULT],
  'SeccompRequirement.podSecurity': () => [api.PodSecurityLevel.RESTRICTED],
  'SyscallArgument.hasAnyOf': () => [1],
  'SyscallArgument.hasNoneOf': () => [1],
  'SyscallArgument.int32': () => [0],
  'SyscallArgument.int64': () => [0],
  'SyscallArgument.isBetween': () => [0, 1],
  'SyscallArgument.isOneOf': () => [[1]],
  'SyscallRule.allow': () => ['read'],
  'SyscallRule.deny': () => ['read'],
  'SyscallRule.enosys': () => ['read'],
  'SyscallRule.of': () => [api.SeccompAction.LOG, 'read'],
  'SyscallRule.when': () => [api.SyscallArgument.int32(0).hasAnyOf(1)],
  'SyscallRule.withErrno': () => [1],
  'new MindieProfileDaemonSet': () => [{ ...daemonSet(), profile: profile() }],
  'new ProfileLinter': () => [lint()],
  'new SeccompAdmissionPolicy': () => [{
    actions: [api.AdmissionAction.DENY],
    annotations: { a: 'b' },
    apiVersion: api.AdmissionApiVersion.V1,
    exemptImages: ['a/*'],
    exemptNamespaces: ['a'],
    exemptServiceAccounts: ['a/b'],
    exemptUsers: ['a'],
    failurePolicy: api.AdmissionFailurePolicy.FAIL,
    labels: { a: 'b' },
    name: 'a',
    namespaces: api.AdmissionNamespaces.ALL,
    requirement: api.SeccompRequirement.podSecurity(api.PodSecurityLevel.RESTRICTED),
  }],
  'new SeccompProfileDaemonSet': () => [{ ...daemonSet(), profiles: [{ path: 'a.json', profile: profile() }] }],
  'new SeccompSecuredCronJob': () => [{ ...secured, schedule: Cron.hourly() }],
  'new SeccompSecuredDaemonSet': () => [secured],
  'new SeccompSecuredDeployment': () => [secured],
  'new SeccompSecuredJob': () => [secured],
  'new SeccompSecuredPod': () => [secured],
  'new SeccompSecuredStatefulSet': () => [{ ...secured, containers: [{ image: 'a', portNumber: 80 }] }],
  'new SeccompValidation': () => [{ severities: {}, suppressions: [], assumedProfiles: ['a'], engines: ['containerd@1.6.0'], warnings: true }],
  'new SecurityProfilesOperatorProfile': () => [{
    annotations: { a: 'b' }, labels: { a: 'b' }, lint: lint(), name: 'a', namespace: 'a', nodes: [node], operatorVersion: '0.8.4', profile: profile(),
  }],
  'new ThreadProbe': () => [{
    image: 'a', imagePullSecrets: ['a'], modes: [api.SeccompMode.RUNTIME_DEFAULT], namespace: 'a', python: 'python3', resources, run: api.ProbeRun.onEveryNode(), user: 1,
  }],
};

/** What methods are called on. */
const RECEIVERS: Readonly<Record<string, () => unknown>> = {
  NodeGate: () => api.NodeGate.nodeLabel(),
  ProfileLinter: () => new api.ProfileLinter(),
  SeccompPolicy: () => api.SeccompPolicy.of(chart()),
  SeccompProfile: profile,
  SeccompProfileDaemonSet: () => new api.SeccompProfileDaemonSet(chart(), 'Profiles', { profiles: [{ path: 'profiles/app.json', profile: profile() }] }),
  SyscallArgument: () => api.SyscallArgument.int32(0),
  SyscallRule: () => api.SyscallRule.deny('mount'),
};
const CONSTRUCTS = /^new (Mindie|Secc|Secu|Thread)(?!ompValidation)/;
const classes = api as unknown as Readonly<Record<string, any>>;

/** Calls a member of the API, and synthesizes what a construct makes. */
export function call(member: string, args: Values): unknown {
  const made = /^new (\w+)$/.exec(member)?.[1];
  if (made === undefined) {
    const [type, name] = member.split('.');
    const receiver: any = Object.prototype.hasOwnProperty.call(classes[type], name) ? classes[type] : RECEIVERS[type]();
    return receiver[name](...args);
  }
  if (!CONSTRUCTS.test(member)) return new classes[made](...args);
  const scope = chart();
  new classes[made](scope, 'Construct', ...args);
  return Testing.synth(scope);
}
