import { Cron, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { ask, makeApiServers, Release, RELEASES, Request } from './admission/api-server';
import { isExpectedToPass, Rule, specOf } from './admission/expectation';
import { POLICIES, policy } from './admission/policies';
import { NAMESPACES, Requests } from './admission/requests';
import {
  MindieProfileDaemonSet, SeccompMode, SeccompSecuredCronJob, SeccompSecuredDaemonSet, SeccompSecuredDeployment, SeccompSecuredJob, SeccompSecuredPod,
  SeccompSecuredStatefulSet,
} from '../../src';
import { PodSecurityLevel } from '../../src/manifests/pod-security/level';
import { PodSecurity } from '../../src/manifests/pod-security/pod-security';
import { AllowedProfile } from '../../src/policy/admission/allowed-profile';
import { AdmissionAction, AdmissionApiVersion, AdmissionFailurePolicy } from '../../src/policy/admission/enums';
import { AdmissionNamespaces } from '../../src/policy/admission/namespaces';
import { SeccompRequirement } from '../../src/policy/admission/requirement';
import { SeccompAdmissionPolicy } from '../../src/policy/admission/seccomp-admission-policy';

const CASES = 2000;
const POD_SECURITY_CASES = 3000;
const NAMES = Object.keys(POLICIES);
const requests = new Requests(1).make(CASES);
const requirement = SeccompRequirement.oneOf(AllowedProfile.RUNTIME_DEFAULT, AllowedProfile.localhostPath('profiles/app-*.json'));

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
beforeAll(makeApiServers, 15 * 60_000);
afterAll(() => jest.restoreAllMocks());

/** Requests on which an API server does something else than is expected. */
async function disagreements(release: Release, manifests: any[], rule: Rule): Promise<any[]> {
  const { errors, typeWarnings, answers } = await ask(release, [...NAMESPACES, ...manifests], requests);
  expect({ errors, typeWarnings }).toStrictEqual({ errors: [], typeWarnings: [] });
  return requests.flatMap((request, index) => {
    const { allowed, code } = answers[index];
    // 403 is a judgement, anything else a failure of the expression.
    return allowed === isExpectedToPass(rule, request) && (allowed || code === 403) ? [] : [{ request, answer: answers[index] }];
  });
}

describe.each(RELEASES)('the API server of the %s release', release => {
  test.each(NAMES)('takes a policy for %s, and judges every request as it is meant', async name => {
    const { options, rule } = POLICIES[name];
    const passing = requests.filter(request => isExpectedToPass(rule, request)).length;
    expect(Math.min(passing, CASES - passing)).toBeGreaterThan(CASES / 20);
    expect((await disagreements(release, policy(options), rule)).slice(0, 3)).toStrictEqual([]);
  });

  test.each([PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED])('refuses exactly the pods that Pod Security refuses at level %s', async level => {
    const specs = new Requests(2, 6);
    const asked = Array.from({ length: POD_SECURITY_CASES }, () => created(specs.podSpec()));
    const { errors, answers } = await ask(release, [...NAMESPACES, ...policy({ requirement: SeccompRequirement.podSecurity(level) })], asked);
    expect(errors).toStrictEqual([]);
    const expected = asked.map(({ object }) => PodSecurity.check(object, level).allowed);
    expect(Math.min(...[true, false].map(each => expected.filter(allowed => allowed === each).length))).toBeGreaterThan(POD_SECURITY_CASES / 20);
    expect(asked.filter((_, index) => answers[index].allowed !== expected[index])).toStrictEqual([]);
    // The other level would not do.
    const other = level === PodSecurityLevel.BASELINE ? PodSecurityLevel.RESTRICTED : PodSecurityLevel.BASELINE;
    expect(asked.filter(({ object }, index) => answers[index].allowed !== PodSecurity.check(object, other).allowed).length).toBeGreaterThan(0);
  });

  test('takes the manifests of v1beta1', async () => {
    const manifests = policy({ requirement: SeccompRequirement.oneOf(AllowedProfile.RUNTIME_DEFAULT), apiVersion: AdmissionApiVersion.V1BETA1 });
    const { errors, answers } = await ask(release, [...NAMESPACES, ...manifests], [created({ containers: [{ name: 'app' }] })]);
    expect({ errors, allowed: answers.map(({ allowed }) => allowed) }).toStrictEqual({ errors: [], allowed: [false] });
  });

  test('says which container has what, and what to do', async () => {
    const of = (type: string, localhostProfile?: string) => ({ seccompProfile: { type, localhostProfile } });
    const expected = 'expected RuntimeDefault or Localhost profiles/app-*.json: set securityContext.seccompProfile of the pod or the container';
    expect(await denials(release, policy({ requirement }), [
      { containers: [container('app'), container('proxy', of('RuntimeDefault'))] },
      { securityContext: of('Unconfined'), initContainers: [container('init')], containers: [container('app', of('Localhost', 'app.json'))] },
      { securityContext: of('RuntimeDefault'), containers: [container('app', { privileged: true })] },
      { containers: Array.from({ length: 6 }, (_, index) => container(`app-${index}`)) },
      // With a line break, and too long: the API server falls back to the message that does not depend on the pod.
      { containers: [container('app', of('Localhost', 'a\nb'))] },
      { containers: [container('app', of('Localhost', 'x'.repeat(6000)))] },
    ])).toStrictEqual([
      `container app has no profile, ${expected}`,
      `container init has Unconfined, container app has Localhost app.json, ${expected}`,
      `container app is privileged, which switches seccomp off, ${expected}`,
      `container app-0 has no profile and 5 more, ${expected}`,
      `a container has a seccomp profile that is not allowed, ${expected}`,
      `a container has a seccomp profile that is not allowed, ${expected}`,
    ]);
  });

  test('says that of Pod Security, too', async () => {
    const expected = 'expected RuntimeDefault or Localhost: set securityContext.seccompProfile of the pod or the container';
    expect(await denials(release, policy({ requirement: SeccompRequirement.podSecurity(PodSecurityLevel.RESTRICTED) }), [
      { securityContext: { seccompProfile: { type: 'Unconfined' } }, containers: [container('app', { seccompProfile: { type: 'RuntimeDefault' } })] },
      { containers: [container('app')] },
    ])).toStrictEqual([`the pod has Unconfined, ${expected}`, `container app has no profile, ${expected}`]);
  });

  test('lets the workloads of a chart in that have its profile, and no others', async () => {
    const chart = Testing.chart();
    const profile = new MindieProfileDaemonSet(chart, 'Profile');
    new SeccompAdmissionPolicy(chart, 'Policy', { requirement: SeccompRequirement.oneOf(AllowedProfile.localhost(profile)), namespaces: AdmissionNamespaces.ALL });
    const modes = { Mine: SeccompMode.localhost(profile), Runtime: SeccompMode.RUNTIME_DEFAULT, None: SeccompMode.UNCONFINED };
    for (const [name, seccomp] of Object.entries(modes)) {
      const props = { seccomp, containers: [{ image: 'app:1.0.0' }] };
      new SeccompSecuredCronJob(chart, `${name}CronJob`, { ...props, schedule: Cron.daily() });
      new SeccompSecuredDaemonSet(chart, `${name}DaemonSet`, props);
      new SeccompSecuredDeployment(chart, `${name}Deployment`, props);
      new SeccompSecuredJob(chart, `${name}Job`, props);
      new SeccompSecuredPod(chart, `${name}Pod`, props);
      new SeccompSecuredStatefulSet(chart, `${name}StatefulSet`, { ...props, service: new Service(chart, `${name}Service`, { ports: [{ port: 80 }] }) });
    }
    const manifests = Testing.synth(chart);
    const workloads = manifests.filter(({ metadata }) => /^test-(mine|runtime|none)(?!service)/.test(metadata.name));
    const { answers } = await ask(release, [...NAMESPACES, ...manifests.filter(({ kind }) => kind.startsWith('Validating'))], workloads.map(object => (
      { operation: 'CREATE', resource: `${object.kind.toLowerCase()}s`, namespace: 'app', object: { ...object, metadata: { ...object.metadata, namespace: 'app' } } })));
    const allowed = workloads.filter((_, index) => answers[index].allowed).map(({ kind, metadata }) => [kind, metadata.name.split('-')[1]]);
    const expected = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'StatefulSet'].map(kind => [kind, `mine${kind.toLowerCase()}`]);
    expect({ workloads: workloads.length, allowed }).toStrictEqual({ workloads: 18, allowed: expected });
  });

  test('warns and audits where that is asked for', async () => {
    const actions = [AdmissionAction.WARN, AdmissionAction.AUDIT];
    const { answers: [answer] } = await ask(release, [...NAMESPACES, ...policy({ requirement, actions })], [created({ containers: [container('app')] })]);
    const text = 'container app has no profile';
    expect(answer).toMatchObject({ allowed: true, warnings: [expect.stringContaining(text)] });
    expect(JSON.stringify(answer.audit)).toContain(text);
  });

  test('judges a pod of ten thousand containers, and goes by the failure policy where the work would be too much', async () => {
    const large = [
      { containers: Array.from({ length: 10_000 }, (_, index) => container(`app-${index}`)) },
      { containers: [container('app', { seccompProfile: { type: 'Localhost', localhostProfile: 'x'.repeat(1_000_000) } })] },
    ].map(created);
    const codes = async (failurePolicy: AdmissionFailurePolicy) => {
      const { answers } = await ask(release, [...NAMESPACES, ...policy({ requirement, failurePolicy })], large);
      return answers.map(({ allowed, code }) => allowed ? 'allowed' : code);
    };
    expect(await codes(AdmissionFailurePolicy.FAIL)).toStrictEqual([403, 422]);
    expect(await codes(AdmissionFailurePolicy.IGNORE)).toStrictEqual([403, 'allowed']);
  });

  test('would refuse, or warn of, expressions that are wrong', async () => {
    const broken = async (wrong: string) => {
      const { errors, typeWarnings } = await ask(release, replaceAll(policy({ requirement }), 'variables.refused.size() == 0', wrong), []);
      return { errors: errors.length > 0, typeWarnings: typeWarnings.length > 0 };
    };
    expect(await broken('variables.refuse.size() == 0')).toMatchObject({ errors: true });
    expect(await broken('object.spec.jobTemplate.spec.suspend')).toStrictEqual({ errors: false, typeWarnings: true });
  });
});

function container(name: string, securityContext?: object): object {
  return { name, image: 'app:1', securityContext };
}

function created(spec: any): Request {
  return { operation: 'CREATE', resource: 'pods', namespace: 'app', object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: 'app' }, spec } };
}

async function denials(release: Release, manifests: any[], specs: any[]): Promise<(string | undefined)[]> {
  const { answers } = await ask(release, [...NAMESPACES, ...manifests], specs.map(created));
  return answers.map(({ message }) => message?.split(' denied request: ')[1]);
}

function replaceAll(manifests: any[], right: string, wrong: string): any[] {
  return JSON.parse(JSON.stringify(manifests), (_, value) => typeof value === 'string' ? value.replaceAll(right, wrong) : value);
}

describe('the comparison', () => {
  const exempting = 'the profile of the runtime, with exemptions';
  test.each<[string, string, string, string]>([
    ['init containers', NAMES[0], '(has(variables.podSpec.initContainers) ? variables.podSpec.initContainers : []) + ', ''],
    ['ephemeral containers', NAMES[0], ' + (has(variables.podSpec.ephemeralContainers) ? variables.podSpec.ephemeralContainers : [])', ''],
    ['ephemeral containers that are added', NAMES[0], 'pods/ephemeralcontainers', 'pods/none'],
    ['privileged containers', NAMES[0], 'c.securityContext.privileged ?', 'false ?'],
    ['the profile of the pod', NAMES[0], ': variables.podProfile})', ': "no profile"})'],
    ['Windows', NAMES[0], 'variables.podSpec.os.name == "windows"', 'false'],
    ['updates that change nothing', NAMES[0], 'variables.isUnchanged || ', ''],
    ['updates that change something', NAMES[0], 'variables.podSpec == variables.oldPodSpec', 'true'],
    ['the templates of CronJobs', NAMES[0], 'cronjobs', 'none'],
    ['the end of a path', NAMES[1], '.json)$', '.json)'],
    ['the beginning of a path', NAMES[1], '^Localhost (?:', '(?:'],
    ['empty and "." segments', NAMES[2], ' && !p.profile.matches', ' || p.profile.matches'],
    ['images', exempting, 'c.image.matches', '!c.image.matches'],
    ['updates of images', exempting, 'variables.isUnchanged ||', 'request.operation == "UPDATE" && object.kind == "Pod" && request.subResource == "" ||'],
    ['the default service account', exempting, ': "default")', ': "")'],
    ['users', exempting, '"admin"', '"nobody"'],
  ])('would notice a policy that gets %s wrong', async (_, name, right, wrong) => {
    const { options, rule } = POLICIES[name];
    const manifests = policy(options);
    const broken = replaceAll(manifests, right, wrong);
    expect(broken).not.toStrictEqual(manifests);
    expect((await disagreements('newest', broken, rule)).length).toBeGreaterThan(0);
  });

  test('has every kind of request, container and outcome', () => {
    const count = (matches: (request: Request) => boolean) => requests.filter(matches).length;
    const counts = [
      count(({ subresource }) => subresource === 'ephemeralcontainers'),
      count(({ resource, operation }) => resource === 'pods' && operation === 'UPDATE'),
      ...['CronJob', 'Deployment', 'Job', 'ReplicationController'].map(kind => count(({ object }) => object.kind === kind)),
      count(({ object }) => specOf(object).ephemeralContainers !== undefined),
      count(({ object }) => specOf(object).os?.name === 'windows'),
    ];
    expect(Math.min(...counts)).toBeGreaterThan(20);
  });
});
