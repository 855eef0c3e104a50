import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { SeccompValidation } from '../../src';

const ROOT = resolve(__dirname, '../..');
const CDK8S = resolve(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'seccomp-validation-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** An app with one ConfigMap, synthesized by the real command. */
function synth(data: Record<string, unknown>, properties = ''): { status: number | null; output: string; reports: any } {
  writeFileSync(join(directory, 'main.js'), `
    const { ApiObject, App, Chart } = require(${JSON.stringify(resolve(ROOT, 'node_modules/cdk8s'))});
    const app = new App();
    new ApiObject(new Chart(app, 'profiles'), 'Own', { apiVersion: 'v1', kind: 'ConfigMap', data: ${JSON.stringify(data)} });
    app.synth();
  `);
  writeFileSync(join(directory, 'cdk8s.yaml'), `
language: typescript
app: ${process.execPath} main.js
validations:
  - package: ${ROOT}
    version: 0.0.0
    class: SeccompValidation
${properties}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [CDK8S, 'synth', '--validation-reports-output-file', 'reports.json'], {
    cwd: directory, encoding: 'utf8', env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  return { status, output: stdout + stderr, reports: JSON.parse(readFileSync(join(directory, 'reports.json'), 'utf8')).reports };
}

const SOUND = JSON.stringify({
  defaultAction: 'SCMP_ACT_ALLOW',
  architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86'],
  syscalls: [{ names: ['reboot'], action: 'SCMP_ACT_ERRNO' }],
});
const BAD = SOUND.replace('"reboot"', '"reboot", "clone3"');

test('passes sound profiles and what is no profile', () => {
  const { status, reports } = synth({ 'app.json': SOUND, 'settings.json': '{"port": 1025}', 'readme': 'none' });
  expect(status).toBe(0);
  expect(reports).toMatchObject([{ summary: { status: 'success' }, violations: [] }]);
});

test('fails cdk8s synth with exit code 2 and the construct of a bad profile', () => {
  const { status, output, reports } = synth({ 'app.json': BAD });
  expect(status).toBe(2);
  expect(output).toContain('Construct Path: profiles/Own');
  expect(reports[0].violations).toStrictEqual([{
    ruleName: 'threads-cannot-start',
    recommendation: 'error: threads cannot start under glibc 2.34 and later on X86_64 and X86 (runc 1.1.5, 1.1.15 and 1.3.6, crun 1.8.1 and 1.21): clone3 gets '
      + 'EPERM (1), and glibc falls back to clone only on ENOSYS (38)',
    fix: 'answer clone3 with ENOSYS (38): { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }, and allow clone',
    violatingConstructs: [{
      constructPath: 'profiles/Own',
      resourceName: expect.stringMatching(/^profiles-own-/),
      manifestPath: expect.stringMatching(/profiles\.k8s\.yaml$/),
      locations: ['data["app.json"] at syscalls[0].names[1]'],
    }],
  }]);
});

test('fails over a profile that is not JSON', () => {
  const { status, reports } = synth({ 'app.json': BAD.slice(0, -1) });
  expect(status).toBe(2);
  expect(reports[0].violations).toMatchObject([{ ruleName: 'invalid-profile', recommendation: expect.stringContaining('not JSON') }]);
});

test('takes severities and suppressions from cdk8s.yaml', () => {
  const properties = `    properties:
      suppressions:
        - rule: threads-cannot-start
          reason: single-threaded
`;
  expect(synth({ 'app.json': BAD }, properties)).toMatchObject({ status: 0, reports: [{ violations: [] }] });
});

/** What a validation reports of one manifest, without the command. */
const violations = async (...resources: any[]) => violationsWith({}, ...resources);

async function violationsWith(properties: object, ...resources: any[]): Promise<any[]> {
  const found: any[] = [];
  await new SeccompValidation(properties).validate({
    manifests: ['app.k8s.yaml'],
    parseManifest: () => resources,
    report: { addViolation: (violation: any) => found.push(violation), submit: () => undefined },
  });
  return found;
}

test('looks into lists and into resources of the Security Profiles Operator', async () => {
  const spec = { ...JSON.parse(BAD), state: 'Enabled', baseProfileName: 'runc-v1.3.0' };
  const resource = { apiVersion: 'security-profiles-operator.x-k8s.io/v1', kind: 'SeccompProfile', metadata: { name: 'own' }, spec };
  const [violation] = await violations({ apiVersion: 'v1', kind: 'List', items: [{ ...resource, spec: { ...spec, baseProfileName: undefined } }] });
  expect(violation).toMatchObject({
    ruleName: 'threads-cannot-start',
    violatingResources: [{ resourceName: 'own', manifestPath: 'app.k8s.yaml', locations: ['spec at syscalls[0].names[1]'] }],
  });
  // The operator adds another profile to it: nothing can be said to be missing.
  expect(await violations(resource)).toStrictEqual([]);
});

test('leaves warnings out where the properties say so, and errors never', async () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { 'a.json': SOUND.replace('reboot', 'ptrace') } };
  expect((await violations(configMap)).map(({ ruleName }) => ruleName)).toStrictEqual(['denylist-gap']);
  expect(await violationsWith({ warnings: false }, configMap)).toStrictEqual([]);
  const bad = { ...configMap, data: { 'a.json': BAD } };
  expect((await violationsWith({ warnings: false }, bad)).map(({ ruleName }) => ruleName)).toStrictEqual(['threads-cannot-start']);
});

test('reports what several documents share once', async () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { 'a.json': BAD, 'b.json': BAD } };
  expect(await violations(configMap)).toMatchObject([{
    violatingResources: [{ locations: ['data["a.json"] at syscalls[0].names[1]', 'data["b.json"] at syscalls[0].names[1]'] }],
  }]);
});

const deployment = (name: string, seccompProfile?: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { template: { spec: { securityContext: seccompProfile && { seccompProfile }, containers: [{ name: 'app', image: 'app:1.0.0' }] } } },
});

test('judges pods, and names together what is wrong in the same way', async () => {
  expect(await violations(deployment('one'), deployment('other'), deployment('good', { type: 'RuntimeDefault' }))).toMatchObject([{
    ruleName: 'seccomp-unset',
    recommendation: 'warning: container "app" has no profile: Unconfined, unless the kubelet has seccompDefault',
    violatingResources: [
      { resourceName: 'one', manifestPath: 'app.k8s.yaml', locations: ['spec.template.spec.containers[0]'] },
      { resourceName: 'other' },
    ],
  }]);
});

test('looks for profiles in all manifests, and takes those that are there already', async () => {
  const localhost = deployment('app', { type: 'Localhost', localhostProfile: 'profiles/app.json' });
  expect(await violations(localhost)).toMatchObject([{ ruleName: 'localhost-profile-not-distributed' }]);
  expect(await violationsWith({ assumedProfiles: ['profiles/*'] }, localhost)).toStrictEqual([]);
  const resource = { apiVersion: 'security-profiles-operator.x-k8s.io/v1', kind: 'SeccompProfile', metadata: { name: 'app' }, spec: JSON.parse(SOUND) };
  const { spec: { template: { spec } } } = deployment('app', { type: 'Localhost', localhostProfile: 'operator/app.json' });
  const found = await violations({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec }, resource);
  expect(found.filter(({ recommendation }) => recommendation.startsWith('error'))).toStrictEqual([]);
});

test('begins anew with every synth', async () => {
  const validation = new SeccompValidation();
  const seen: string[] = [];
  for (const resources of [[deployment('one')], [deployment('one')]]) {
    await validation.validate({
      manifests: ['app.k8s.yaml'],
      parseManifest: () => resources,
      report: {
        addViolation: ({ violatingResources }: any) => seen.push(...violatingResources.map(({ resourceName }: any) => resourceName)),
        submit: () => undefined,
      },
    });
  }
  expect(seen).toStrictEqual(['one', 'one']);
});

describe('fails on', () => {
  test.each([
    ['an unknown property', { rules: [] }, 'property rules of SeccompValidation is unknown, expected one of assumedProfiles, engines, severities, suppressions, warnings'],
    ['a suppression without a reason', { suppressions: [{ rule: 'errno-zero', reason: ' ' }] },
      'suppression of errno-zero has no reason, expected one that says why the rule does not matter here'],
    ['assumed profiles that are no list', { assumedProfiles: 'profiles/app.json' },
      'property assumedProfiles of SeccompValidation is "profiles/app.json", expected a list of paths such as profiles/my-app.json'],
    ['warnings that are neither on nor off', { warnings: 'no' }, 'property warnings of SeccompValidation is "no", expected true or false'],
  ])('%s', (_, properties, message) => expect(() => new SeccompValidation(properties)).toThrow(message));
});
