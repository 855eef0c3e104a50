import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { DOCUMENT, NEW, OLD, PROFILE } from './installer/fault-host';
import { FaultTable } from './installer/fault-table';
import { mutant, SCRIPT, withDigests } from './installer/installer';
import { allUserlands, NamedUserland } from './installer/userlands';
import { RunningProcess, runOrThrow, sleep, until } from './runtimes/processes';
import { TestNode } from './runtimes/test-node';

const SECONDS = Number(process.env.INSTALLER_READ_SECONDS ?? 15);

/** They do not rest between two looks. */
const RESTLESS = 'sleep() { :; }\n';

let node: TestNode;
let userlands: NamedUserland[];
let reader: string;
const table = new FaultTable('a reader in a loop');

beforeAll(async () => {
  node = await TestNode.start();
  userlands = await allUserlands(node);
  reader = join(node.makeDirectory('reader'), 'reader');
  await runOrThrow(['gcc', '-O2', '-o', reader, join(__dirname, 'installer/reader.c')]);
});

afterAll(async () => {
  table.print();
  await node.stop();
});

interface Report {
  readonly reads: number;
  readonly torn: number;
  readonly changes: number;
  readonly replacements: number;
}

/** Lets two installers of one node replace a file as fast as they can while somebody reads it. */
async function readWhileReplaced(script: string, seconds: number): Promise<Report> {
  const disk = node.makeDirectory('disk');
  const sources = [OLD, NEW].map(text => {
    const source = node.makeDirectory('source');
    for (const [path, content] of Object.entries(withDigests({ [DOCUMENT]: text }))) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), content);
    }
    return source;
  });
  writeFileSync(join(disk, 'install.sh'), script);
  const start = (source: string, owner: string, { onNode }: NamedUserland): RunningProcess => node.start([
    '/usr/bin/env', '-i', `PATH=${onNode.path}`, `SOURCE_DIR=${source}`, `TARGET_DIR=${disk}`, `OWNER=${owner}`, 'RESYNC_SECONDS=1',
    onNode.shell, join(disk, 'install.sh'), 'run',
  ], { timeoutMs: 120_000 });
  // Each undoes what the other did.
  const installers = [start(sources[0], 'one', userlands[0]), start(sources[1], 'two', userlands[1])];
  const file = join(disk, PROFILE);
  await until('first installation', () => existsSync(file));
  const reading = node.start([reader, file, ...sources.map(source => join(source, DOCUMENT))], { timeoutMs: 120_000 });
  await sleep(seconds * 1_000);
  reading.endInput();
  const { stdout } = await reading.result;
  installers.forEach(installer => installer.kill());
  const outputs = await Promise.all(installers.map(async installer => (await installer.result).stdout));
  const replacements = outputs.join('').split('installed ').length - 1;
  return { ...JSON.parse(stdout), replacements };
}

test('shows a reader whole documents only, while two installers replace each other\'s file', async () => {
  const report = await readWhileReplaced(RESTLESS + readFileSync(SCRIPT, 'utf8'), SECONDS);
  table.add('two installers that disagree', `${report.replacements} replacements`, `${report.reads} reads`, `${report.changes} changes seen`, `${report.torn} torn`);
  expect(report.torn).toBe(0);
  expect(report.reads).toBeGreaterThan(1_000_000 * SECONDS / 15);
  expect(report.changes).toBeGreaterThan(100);
});

test('finds torn documents of an installer that writes in place', async () => {
  const report = await readWhileReplaced(RESTLESS + mutant('mv -fT "$temporary" "$2"', 'cat "$temporary" >"$2"'), 3);
  table.add('control: two that write in place', `${report.replacements} replacements`, `${report.reads} reads`, `${report.changes} changes seen`, `${report.torn} torn`);
  expect(report.torn).toBeGreaterThan(0);
});
