import { readdirSync, readFileSync } from 'fs';
import { join, sep } from 'path';
import { parse } from 'yaml';
import { MUTANTS } from './pod-security/mutants';
import { Answer, ask, Comparison, makeOracle, Request } from './pod-security/oracle';
import { Pods } from './pod-security/pods';
import { podSecurityLabels, PodSecurityStandard } from '../../src/manifests/pod-security/labels';
import { PodSecurityLevel } from '../../src/manifests/pod-security/level';
import { podSecurityRejection, podSecurityWarning } from '../../src/manifests/pod-security/message';
import { PodSecurity } from '../../src/manifests/pod-security/pod-security';

const SEED = Number(process.env.POD_SECURITY_SEED ?? 20_261_125);
const PODS = Number(process.env.POD_SECURITY_PODS ?? 50_000);
const ADMISSIONS = 20_000;
/** For what shows with few pods. */
const FEW = 5_000;

let fixtures: string;
const report: string[] = [];

beforeAll(async () => { fixtures = await makeOracle(); }, 9 * 60_000);
afterAll(() => { process.stdout.write(`seed ${SEED}\n${report.join('\n')}\n`); });

function note(title: string, pods: number, { comparisons, forbidden, disagreements }: Comparison): void {
  report.push(`${title}: ${pods} pods, ${comparisons} verdicts, ${forbidden} of them against the pod, ${disagreements.length} disagreements`);
}

/** Random requests as they arrive, with the answers. */
async function askRandom(count: number, make: (pods: Pods) => Request): Promise<[Request, Answer][]> {
  const pods = new Pods(SEED);
  const requests = Array.from({ length: count }, () => JSON.stringify(make(pods)));
  const answers = await ask(requests);
  return requests.map((request, index) => [JSON.parse(request), answers[index]]);
}

test('judges random pods as Kubernetes does', async () => {
  // Privileged, to which a pod makes no difference, is left to the smaller tests.
  const comparison = new Comparison(PodSecurity.check, [PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED]);
  for (const [{ pod }, answer] of await askRandom(PODS, pods => ({ pod: pods.pod() }))) comparison.add(pod, answer);
  note('random', PODS, comparison);
  expect(comparison.disagreements.slice(0, 5)).toStrictEqual([]);
  const { comparisons, forbidden } = comparison;
  expect(Math.min(forbidden, comparisons - forbidden)).toBeGreaterThan(comparisons / 5);
}, 300_000);

test('judges a specification alone as the pod without metadata', async () => {
  const comparison = new Comparison(({ spec }, level, version) => PodSecurity.check(spec, level, version));
  const asked = await askRandom(FEW, pods => ({ pod: { spec: (pods.pod() as any).spec ?? {} } }));
  for (const [{ pod }, answer] of asked) comparison.add(pod, answer);
  expect(comparison.disagreements.slice(0, 5)).toStrictEqual([]);
});

describe('a check that is wrong in one thing', () => {
  let asked: [Request, Answer][];
  beforeAll(async () => { asked = await askRandom(FEW, pods => ({ pod: pods.pod() })); });

  test.each(Object.entries(MUTANTS))('fails when %s', (_, check) => {
    const comparison = new Comparison(check);
    const found = asked.findIndex(([{ pod }, answer]) => comparison.add(pod, answer).disagreements.length > 0);
    expect(found).toBeGreaterThanOrEqual(0);
  });
});

test("judges every fixture of Kubernetes' own as it does, and as their names say", async () => {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml'));
  const texts = files.map(name => readFileSync(join(fixtures, name), 'utf8'));
  const pods = new Map([...new Set(texts)].map(text => [text, parse(text)]));
  const answers = await ask([...pods.values()].map(pod => JSON.stringify({ pod })));
  const comparison = new Comparison();
  [...pods.values()].forEach((pod, index) => comparison.add(pod, answers[index]));
  note('fixtures', pods.size, comparison);
  expect(comparison.disagreements.slice(0, 5)).toStrictEqual([]);

  const wrong = files.filter((file, index) => {
    const [level, version, verdict, name] = file.split(sep);
    const isForbidden = verdict === 'fail' && name.startsWith('seccompprofile_');
    return PodSecurity.check(pods.get(texts[index]), level as PodSecurityLevel, version).allowed === isForbidden;
  });
  expect(wrong).toStrictEqual([]);
  const ofSeccomp = files.filter(file => file.includes(`${sep}fail${sep}seccompprofile_`));
  report.push(`fixtures: ${files.length} files, ${ofSeccomp.length} of them fail because of seccomp`);
  // Two levels, 38 versions, three of them or more each.
  expect(ofSeccomp.length).toBeGreaterThanOrEqual(2 * 38 * 3);
});

test('admits random pods to random namespaces as Kubernetes does, in its words', async () => {
  const counts = { rejected: 0, warned: 0, invalid: 0 };
  for (const [{ pod, namespace }, answer] of await askRandom(ADMISSIONS, pods => ({ pod: pods.pod(), namespace: pods.namespace() }))) {
    const { enforce, audit, warn, errors } = podSecurityLabels(namespace);
    const judge = ({ level, version }: PodSecurityStandard) => PodSecurity.check(pod, level, version);
    const [enforced, audited, warned] = [enforce, audit, warn].map(judge);
    const text = ({ level, version }: PodSecurityStandard) => `${level}:${version}`;
    const isWarned = enforced.allowed && !warned.allowed;
    expect({ namespace, pod, ...answer }).toStrictEqual({
      namespace,
      pod,
      labels: { enforce: text(enforce), audit: text(audit), warn: text(warn) },
      ...errors.length > 0 && { labelErrors: errors },
      ...!enforced.allowed && { message: podSecurityRejection(pod.metadata?.name ?? '', enforce, enforced) },
      ...isWarned && { warnings: [podSecurityWarning(warn, warned)] },
      ...!audited.allowed && { audit: podSecurityWarning(audit, audited) },
    });
    if (!enforced.allowed) counts.rejected++;
    if (isWarned) counts.warned++;
    if (errors.length > 0) counts.invalid++;
  }
  report.push(`admissions: ${ADMISSIONS}, ${counts.rejected} rejected, ${counts.warned} warned of, ${counts.invalid} with invalid labels`);
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(ADMISSIONS / 20);
});

test.each([
  ['a name that is a number', { metadata: {}, spec: { containers: [{ name: 1 }] } }],
  ['a type that is true', { metadata: {}, spec: { containers: [{ name: 'a', securityContext: { seccompProfile: { type: true } } }] } }],
  ['a profile that is a text', { metadata: {}, spec: { securityContext: { seccompProfile: 'Unconfined' }, containers: [] } }],
  ['containers that are no list', { metadata: {}, spec: { containers: { name: 'a' } } }],
  ['a container that is a text', { metadata: {}, spec: { containers: ['a'] } }],
  ['an annotation that is a number', { metadata: { annotations: { a: 1 } }, spec: { containers: [] } }],
  ['annotations that are a list', { metadata: { annotations: ['a'] }, spec: { containers: [] } }],
])('knows that Kubernetes does not take %s at all', async (_, pod) => {
  expect(await ask([JSON.stringify({ pod })])).toStrictEqual([{ error: expect.stringContaining('cannot unmarshal') }]);
});
