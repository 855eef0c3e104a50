import { Cluster } from './cluster';
import { synth } from './synth';
import { deleteNamespaces } from './workloads';
import { AdmissionAction, AdmissionNamespaces, AllowedProfile, PodSecurity, PodSecurityLevel, SeccompAdmissionPolicy, SeccompRequirement } from '../../src';
import { Random } from '../node/oracle/random';

const NAMESPACES = { deny: 'admission-deny', warn: 'admission-warn', audit: 'admission-audit' };
const ACTIONS = { deny: [AdmissionAction.DENY], warn: [AdmissionAction.WARN], audit: [AdmissionAction.AUDIT] };
const LEVELS = [PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];
const PODS = 60;

let cluster: Cluster;

function policies(): any[] {
  return Object.entries(NAMESPACES).flatMap(([action, namespace]) => synth(namespace, chart => {
    new SeccompAdmissionPolicy(chart, 'Seccomp', {
      name: namespace,
      labels: { suite: 'admission' },
      requirement: SeccompRequirement.oneOf(AllowedProfile.RUNTIME_DEFAULT, AllowedProfile.localhostPath('profiles/app-*.json')),
      namespaces: AdmissionNamespaces.named(namespace),
      actions: ACTIONS[action as keyof typeof ACTIONS],
    });
  }));
}

beforeAll(async () => {
  cluster = Cluster.running();
  await cluster.makeNamespaces(Object.values(NAMESPACES));
  for (const level of LEVELS) await cluster.makeNamespaces([`level-${level}`], level);
  await cluster.applyOrThrow(policies());
  // A binding counts when the API server has heard of it.
  await cluster.eventually('the policy', async () => (await create('deny', {})).status === 403);
});

afterAll(async () => {
  await cluster.kubectlOrThrow(['delete', 'validatingadmissionpolicies,validatingadmissionpolicybindings', '--selector', 'suite=admission']);
  await deleteNamespaces(cluster, ...Object.values(NAMESPACES), ...LEVELS.map(level => `level-${level}`));
});

const CONTAINER = { name: 'main', image: 'busybox:1.36.1', command: ['sleep', '9'] };
const seccomp = (type: string, localhostProfile?: string) => ({ securityContext: { seccompProfile: { type, localhostProfile } } });

async function create(where: keyof typeof NAMESPACES, spec: object, options = '?dryRun=All', name = 'pod'): Promise<{ status: number; body: string; warnings: string[] }> {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [CONTAINER], ...spec } };
  return cluster.ask('POST', `/api/v1/namespaces/${NAMESPACES[where]}/pods${options}`, pod);
}

const VERDICTS: [what: string, passes: boolean, spec: object][] = [
  ['nothing said', false, {}],
  ['RuntimeDefault on the pod', true, seccomp('RuntimeDefault')],
  ['RuntimeDefault on the container', true, { containers: [{ ...CONTAINER, ...seccomp('RuntimeDefault') }] }],
  ['Unconfined on the pod', false, seccomp('Unconfined')],
  ['a container that undoes it', false, { ...seccomp('RuntimeDefault'), containers: [{ ...CONTAINER, ...seccomp('Unconfined') }] }],
  ['an init container that undoes it', false, { ...seccomp('RuntimeDefault'), initContainers: [{ ...CONTAINER, name: 'init', ...seccomp('Unconfined') }] }],
  ['an allowed profile', true, seccomp('Localhost', 'profiles/app-1.json')],
  ['another profile', false, seccomp('Localhost', 'profiles/other.json')],
  ['a profile below an allowed name', false, seccomp('Localhost', 'profiles/app-1/b.json')],
  ['a privileged container', false, { ...seccomp('RuntimeDefault'), containers: [{ ...CONTAINER, securityContext: { privileged: true } }] }],
];

test.each(VERDICTS)('judges a pod with %s', async (_, passes, spec) => {
  const { status, body } = await create('deny', spec);
  expect({ status, isOurs: body.includes("ValidatingAdmissionPolicy 'admission-deny'") }).toStrictEqual(passes ? { status: 201, isOurs: false } : { status: 403, isOurs: true });
});

test('refuses a template too, in words that say what to do', async () => {
  const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [CONTAINER] } };
  const { status, body } = await cluster.ask('POST', `/apis/apps/v1/namespaces/${NAMESPACES.deny}/deployments?dryRun=All`, {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'engine' }, spec: { selector: { matchLabels: { app: 'a' } }, template },
  });
  expect({ status, message: JSON.parse(body).message }).toStrictEqual({
    status: 403,
    message: 'deployments.apps "engine" is forbidden: ValidatingAdmissionPolicy \'admission-deny\' with binding \'admission-deny\' denied request: container main has no profile, '
      + 'expected RuntimeDefault or Localhost profiles/app-*.json: set securityContext.seccompProfile of the pod or the container',
  });
});

test('warns with Warn and lets the pod in', async () => {
  const { status, warnings } = await create('warn', {});
  expect(status).toBe(201);
  expect(warnings.join()).toContain("Validation failed for ValidatingAdmissionPolicy 'admission-warn'");
  expect((await create('warn', seccomp('RuntimeDefault'))).warnings).toStrictEqual([]);
});

test('writes into the audit log with Audit, lets the pod in and warns nobody', async () => {
  const { status, warnings } = await create('audit', {}, '?dryRun=All', 'audited');
  expect({ status, warnings }).toStrictEqual({ status: 201, warnings: [] });
  expect((await create('audit', seccomp('RuntimeDefault'), '?dryRun=All', 'passed')).status).toBe(201);
  const failures = await cluster.eventually('line of the audit log', async () => {
    const lines = (await cluster.onNodeOrThrow(1, ['grep', 'admission-audit/pods', `${cluster.directory}/log/audit.log`])).trim().split('\n');
    const failed = lines.filter(line => line.includes('validation.policy.admission.k8s.io/validation_failure'));
    return lines.length >= 2 && failed.length > 0 && failed;
  });
  expect(failures).toHaveLength(1);
});

test('has policies that the type checker of the API server has nothing against', async () => {
  const list = await cluster.eventually('type check', async () => {
    const { items } = await cluster.get('/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies?labelSelector=suite=admission');
    return items.length === 3 && items.every(({ status }: any) => status?.observedGeneration !== undefined) && items;
  });
  expect(list.map(({ status }: any) => status.typeChecking)).toStrictEqual([{}, {}, {}]);
});

test('sees the type checker find a field that is none', async () => {
  const [policy] = policies();
  policy.metadata.name = 'admission-mistyped';
  policy.spec.variables = [];
  policy.spec.matchConditions = [];
  policy.spec.validations = [{ expression: 'object.spec.secomp == "a"' }];
  policy.spec.matchConstraints = { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] };
  await cluster.applyOrThrow([policy]);
  const { expressionWarnings } = await cluster.eventually('type check', async () => {
    const found = await cluster.get('/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/admission-mistyped');
    return found.status?.typeChecking?.expressionWarnings && found.status.typeChecking;
  });
  expect(expressionWarnings[0].warning).toContain("undefined field 'secomp'");
});

/** Pods that restricted lets in, but for what they say of seccomp. */
function randomPod(random: Random): any {
  const types = ['RuntimeDefault', 'Localhost', 'Unconfined'];
  const context = () => {
    if (random.below(2) === 0) return {};
    const type = random.pick(types);
    return { seccompProfile: { type, ...type === 'Localhost' && { localhostProfile: 'profiles/a.json' } } };
  };
  const container = (name: string) => ({
    ...CONTAINER, name, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...context() },
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'random' },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, ...context() },
      ...random.below(3) === 0 && { initContainers: [container('init')] },
      containers: random.list(1 + random.below(2), () => 0).map((_, index) => container(`c${index}`)),
    },
  };
}

test('says of random pods what Pod Security says of them, in its words', async () => {
  const random = new Random(20_261_130);
  const differences: unknown[] = [];
  const refused = { baseline: 0, restricted: 0 };
  for (let count = 0; count < PODS; count++) {
    const pod = randomPod(random);
    for (const level of LEVELS) {
      const { status, body } = await cluster.ask('POST', `/api/v1/namespaces/level-${level}/pods?dryRun=All`, pod);
      const { allowed, reason, detail } = PodSecurity.check(pod, level);
      if (!allowed) refused[level as keyof typeof refused] += 1;
      const expected = allowed ? { status: 201, words: '' } : { status: 403, words: `violates PodSecurity "${level}:latest": ${reason} (${detail})` };
      const words = status === 201 ? '' : JSON.parse(body).message.replace(/^.*?is forbidden: /, '');
      if (status !== expected.status || words !== expected.words) differences.push({ pod, level, status, words, expected });
    }
  }
  expect(differences).toStrictEqual([]);
  // Neither level lets everything in, or nothing.
  for (const level of LEVELS) {
    expect(refused[level as keyof typeof refused]).toBeGreaterThan(PODS / 10);
    expect(refused[level as keyof typeof refused]).toBeLessThan(PODS - PODS / 10);
  }
});
