import { writeFileSync } from 'fs';
import { join } from 'path';
import { FaultTable, plain } from './installer/fault-table';
import { InstallerProps, mutant, RECORD_SCRIPT } from './installer/installer';
import { pathOf, ReleasedDaemonSet, ReleaseHost, textOf } from './installer/release-host';
import { Container, OciRuntime } from './runtimes/oci-runtime';
import { sleep, until } from './runtimes/processes';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';

const FIXED = 'profiles/app.json';
const FOREIGN = 'profiles/foreign.json';
const EVERY_SECOND = { ON_DELETE: 'remove', RESYNC_SECONDS: '1', POLL_SECONDS: '1' };
const RARELY = { ON_DELETE: 'remove', RESYNC_SECONDS: '600', POLL_SECONDS: '1' };

let node: TestNode;
let runtime: OciRuntime;
let rootfs: string;
const hosts: ReleaseHost[] = [];
const lines: string[] = [];
const table = new FaultTable('the end of a pod with ON_DELETE=remove');
const controls = new FaultTable('the same with a broken installer (fault, what the test then says)');

beforeAll(async () => {
  node = await TestNode.start();
  runtime = OciRuntime.runc(node);
  rootfs = await makeRootfs(node);
});

afterAll(async () => {
  table.print();
  controls.print();
  for (const host of hosts) await host.stop();
  await node.stop();
});

type Scripts = Partial<InstallerProps>;

function makeHost(): ReleaseHost {
  const host = new ReleaseHost(node, runtime, rootfs);
  hosts.push(host);
  return host;
}

async function ready(pod: Container): Promise<void> {
  await until('readiness', () => pod.output().includes('ready: every profile is in place'));
}

/** What the pod said; fails unless each line is one object that a log collector understands. */
function messages(pod: Container): string[] {
  return pod.output().split('\n').filter(Boolean).map(line => {
    lines.push(line);
    const { time, level, message, ...others } = JSON.parse(line);
    expect([time, level, message, others]).toStrictEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), expect.stringMatching(/^(info|error)$/), expect.stringMatching(/./), {},
    ]);
    return message;
  });
}

/** As the kubelet ends a pod. */
async function end(pod: Container): Promise<string[]> {
  await pod.terminate();
  await pod.exited;
  const said = messages(pod);
  expect(await pod.remove()).toMatchObject({ status: 0, stderr: '' });
  return said;
}

async function crash(pod: Container): Promise<void> {
  messages(pod);
  expect(await pod.remove()).toMatchObject({ status: 137, stderr: '' });
}

async function removesItsOwn(scripts: Scripts): Promise<string> {
  const host = makeHost();
  host.write(FOREIGN, 'precious');
  host.write(pathOf('C'), textOf('C'));
  const other = host.daemonSet('other', {});
  const pod = host.daemonSet('app', RARELY, scripts).start('pod', 'ABCDF');
  await ready(pod);
  await other.release('DE');
  host.write(pathOf('B'), 'changed');
  const said = await end(pod);
  expect(host.files()).toBe(`C D E ${pathOf('B')}=changed ${FOREIGN}=precious`);
  expect(host.state()).toStrictEqual(['other/record']);
  for (const letter of 'AF') expect(said).toContain(`removed /target/${pathOf(letter)}: the DaemonSet is gone`);
  expect(said).toContain(`left /target/${pathOf('B')}: somebody has changed it`);
  return `its files are gone; left ${host.files()}`;
}

async function removesEverything(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const pod = host.daemonSet('app', RARELY, scripts).start('pod', 'AB');
  await ready(pod);
  expect([host.files(), host.state()]).toStrictEqual(['A B', ['app/leader', 'app/record']]);
  await end(pod);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return 'no file, no record, no directory of records';
}

async function retains(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const daemonSet = host.daemonSet('app', { ...RARELY, ON_DELETE: 'retain' }, scripts);
  const pod = daemonSet.start('pod', 'AB');
  await ready(pod);
  const said = await end(pod);
  expect([host.files(), host.state(), daemonSet.record()]).toStrictEqual(['A B', ['app/record'], 'A1 B1']);
  expect(said[said.length - 1]).toBe('stopping: the profiles stay, running pods need them to restart');
  return 'everything stays';
}

/** As with maxSurge: the new pod is ready before the old one ends. */
async function overlap(host: ReleaseHost, daemonSet: ReleasedDaemonSet): Promise<{ old: Container; replacement: Container }> {
  const old = daemonSet.start('old', 'A');
  await ready(old);
  expect(daemonSet.leader()).toBe('old');
  const replacement = daemonSet.start('new', 'B');
  await ready(replacement);
  expect([daemonSet.leader(), host.files(), daemonSet.record()]).toStrictEqual(['new', 'A B', 'B2 A1*']);
  return { old, replacement };
}

async function survivesARollout(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const daemonSet = host.daemonSet('app', RARELY, scripts);
  const { old, replacement } = await overlap(host, daemonSet);
  await end(old);
  expect([host.files(), daemonSet.record(), daemonSet.leader()]).toStrictEqual(['A B', 'B2 A1*', 'new']);
  await end(replacement);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return 'the old pod removes nothing, the new one both versions';
}

async function doesNotFlap(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const daemonSet = host.daemonSet('app', EVERY_SECOND, scripts);
  const old = daemonSet.startFixed('old', FIXED, 'A');
  await ready(old);
  const replacement = daemonSet.startFixed('new', FIXED, 'B');
  await ready(replacement);
  // The old one may have been in a round.
  await sleep(1_500);
  const before = installations(old) + installations(replacement);
  let looks = 0;
  await until('rest', () => { looks++; expect(host.files()).toBe(`${FIXED}=B`); return looks > 150; });
  expect(installations(old) + installations(replacement)).toBe(before);
  await end(old);
  expect(host.files()).toBe(`${FIXED}=B`);
  await end(replacement);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return `the new version at each of ${looks} looks, while both pods run`;
}

function installations(pod: Container): number {
  return messages(pod).filter(message => message.startsWith('installed ')).length;
}

async function takesOverFromTheDead(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const daemonSet = host.daemonSet('app', EVERY_SECOND, scripts);
  const { old, replacement } = await overlap(host, daemonSet);
  // Till the old one has noticed.
  await sleep(1_500);
  await crash(replacement);
  const begin = Date.now();
  await until('take-over', () => { expect(host.files()).toBe('A B'); return daemonSet.leader() === 'old'; }, 12_000);
  const seconds = (Date.now() - begin) / 1000;
  // It waits 3 × (1 + 1) s of silence.
  expect(seconds).toBeGreaterThan(4);
  await until('record', () => daemonSet.record() === 'A3 B2*', 3_000);
  await end(old);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return `after ${seconds.toFixed(1)} s, and removes both versions`;
}

async function takesTheLeadBack(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const daemonSet = host.daemonSet('app', RARELY, scripts);
  const { old, replacement } = await overlap(host, daemonSet);
  await end(old);
  // As an old pod does that took the new one for dead.
  writeFileSync(host.stateFile('app', 'leader'), '1 99 old\n');
  await until('lead', () => daemonSet.leader() === 'new', 3_000);
  await end(replacement);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return 'within a poll';
}

async function putsItsFilesBack(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const daemonSet = host.daemonSet('app', RARELY, scripts);
  const { old, replacement } = await overlap(host, daemonSet);
  await end(replacement);
  const begin = Date.now();
  await until('installation by the old pod', () => host.files() === 'A', 3_000);
  const seconds = (Date.now() - begin) / 1000;
  await until('lead', () => daemonSet.leader() === 'old' && daemonSet.record() === 'A1');
  await end(old);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return `after ${seconds.toFixed(1)} s`;
}

async function removesBothAtOnce(scripts: Scripts): Promise<string> {
  const host = makeHost();
  const { old, replacement } = await overlap(host, host.daemonSet('app', EVERY_SECOND, scripts));
  await Promise.all([end(old), end(replacement)]);
  expect([host.files(), host.state()]).toStrictEqual(['', undefined]);
  return 'no file';
}

async function startsOverGarbage(scripts: Scripts): Promise<string> {
  const garbage = ['', '99999999999999999999 1 x', '999999999999999 1 x', '08 09 x', '$(reboot) * -1'];
  await Promise.all(garbage.map(async line => {
    const host = makeHost();
    host.write('.cdk8s-seccomp/app/leader', line);
    const daemonSet = host.daemonSet('app', EVERY_SECOND, scripts);
    const pods = ['old', 'new'].map(instance => ({ instance, start: () => daemonSet.start(instance, 'A') }));
    const running: Container[] = [];
    for (const { instance, start } of pods) {
      const pod = start();
      running.push(pod);
      await ready(pod);
      expect([line, daemonSet.leader()]).toStrictEqual([line, instance]);
    }
    // Neither takes the other's term for garbage.
    await sleep(2_500);
    expect([line, daemonSet.leader()]).toStrictEqual([line, 'new']);
    await Promise.all(running.map(end));
    expect([line, host.files(), host.state()]).toStrictEqual([line, '', undefined]);
  }));
  return 'the pods that start lead';
}

const SCENARIOS: ReadonlyArray<[string, (scripts: Scripts) => Promise<string>]> = [
  ['the only pod, beside others\' files', removesItsOwn],
  ['the only pod', removesEverything],
  ['the only pod, without ON_DELETE=remove', retains],
  ['the old pod of a rollout, then the new one', survivesARollout],
  ['two pods that disagree about a fixed name', doesNotFlap],
  ['the new pod killed: the old one takes over', takesOverFromTheDead],
  ['a pod with a lower term leads: the new one takes the lead back', takesTheLeadBack],
  ['the new pod of a rollout: the old one puts its files back', putsItsFilesBack],
  ['both pods of a rollout at once', removesBothAtOnce],
  ['a pod that finds garbage as its leader', startsOverGarbage],
];

// At the same time, since most of it is waiting.
test('removes on SIGTERM what is its own, and only if it leads', async () => {
  const outcomes = await Promise.all(SCENARIOS.map(async ([, scenario]) => scenario({}).catch(error => error)));
  SCENARIOS.forEach(([name], index) => table.add(name, plain(outcomes[index])));
  for (const outcome of outcomes) if (outcome instanceof Error) throw outcome;
  table.add('lines of the logs', `${lines.length}, each one JSON object with time, level and message`);
});

const MUTANTS: ReadonlyArray<[string, (scripts: Scripts) => Promise<string>, () => Scripts]> = [
  ['removes what it found', removesItsOwn, mutantOfRecord('[ "$1" = wrote ] || return 0', '')],
  ['looks at no digest', removesItsOwn, mutantOfRecord('if ! (enter_directory "$3" false && has_digest "${3##*/}"); then', 'if false; then')],
  ['looks at no other record', removesItsOwn, mutantOfRecord('! is_of_another "$3" || return 1', '')],
  ['keeps its record', removesEverything, mutantOfRecord('rm -f record leader mark', 'true')],
  ['removes nothing', removesEverything, mutantOf('if [ "$ON_DELETE" = remove ] && is_leader; then', 'if false; then')],
  ['always removes', retains, mutantOf('if [ "$ON_DELETE" = remove ] && is_leader; then', 'if true; then')],
  ['removes without the lead', survivesARollout, mutantOf('if [ "$ON_DELETE" = remove ] && is_leader; then', 'if [ "$ON_DELETE" = remove ]; then')],
  ['has no leader', doesNotFlap, mutantOfRecord('[ "$silence" -gt $((3 * (RESYNC_SECONDS + POLL_SECONDS))) ] || return 1', '')],
  ['never takes over', takesOverFromTheDead, mutantOfRecord('[ "$silence" -gt $((3 * (RESYNC_SECONDS + POLL_SECONDS))) ] || return 1', 'return 1')],
  ['goes on with its own record', takesOverFromTheDead, mutantOf('      recorded_snapshot=\n', '')],
  ['does not look who leads', putsItsFilesBack, mutantOf('&& still_leads && !', '&& !')],
  ['has no terms', takesTheLeadBack, mutantOfRecord('[ "$its_term" -ge "$term" ] && ', '')],
];

test('fails when the installer is broken', async () => {
  const outcomes = await Promise.all(MUTANTS.map(async ([, scenario, scripts]) => scenario(scripts()).then(() => 'nothing', error => error)));
  MUTANTS.forEach(([name], index) => controls.add(name, plain(outcomes[index])));
  expect(outcomes.map(plain).filter(said => !/toStrictEqual|toBe\(|toContain|did not happen/.test(said))).toStrictEqual([]);
});

function mutantOf(from: string, to: string): () => Scripts {
  return () => ({ script: write(mutant(from, to)) });
}

function mutantOfRecord(from: string, to: string): () => Scripts {
  return () => ({ recordScript: write(mutant(from, to, RECORD_SCRIPT)) });
}

function write(text: string): string {
  const script = join(node.makeDirectory('script'), 'script.sh');
  writeFileSync(script, text);
  return script;
}
