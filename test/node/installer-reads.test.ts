import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { DOCUMENT, NEW, OLD, PROFILE } from './installer/fault-host';
import { FaultTable } from './installer/fault-table';
import { mutant, SCRIPT, withDigests } from './installer/installer';
import { allUserlands, NamedUserland } from './installer/userlands';
import { RunningProcess, runOrThrow, sleep, throwUnlessOk, until } from './runtimes/processes';
import { TestNode } from './runtimes/test-node';

const READS = 1_000_000;
const REPLACEMENTS = 10_000;
const WRITERS_TIMEOUT_MS = 400_000;

/** They do not rest between two looks. */
const RESTLESS = 'sleep() { :; }\n';

/** The last statement of the script, where it begins to act. */
const COMMANDS = /\ncase \$\{1:-run\} in\n( {2}(run|once|check|started)\) (run|install|check|has_state installed) ;;\n){4} {2}\*\)\n[^\n]*\n {4}exit 2\n {4};;\nesac\n$/;

/** Puts two documents in turn to one path, with the functions that the script has for it and nothing between; a dot for each. */
const WRITER = `
until [ -e "$ENOUGH" ]; do
  for SOURCE_DIR in "$ONE_SOURCE" "$OTHER_SOURCE"; do
    enter_snapshot
    look_up "$PROFILE"
    reason=$(place_profile "$PROFILE" 2>&1) || { echo "$reason" >&2; exit 1; }
    printf .
  done
done
`;

/** Breaks the one thing that the proof is about: the file gets its content in its place. */
const IN_PLACE = mutant('mv -fT "$temporary" "$2"', 'cat "$temporary" >"$2"');

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

/** What two installers disagree about, and the scripts in a directory, such as a pod has them. */
class Host {
  public readonly disk = node.makeDirectory('disk');
  public readonly sources = [OLD, NEW].map(text => {
    const source = node.makeDirectory('source');
    for (const [path, content] of Object.entries(withDigests({ [DOCUMENT]: text }))) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), content);
    }
    return source;
  });
  private readonly script: string;

  public constructor(text: string) {
    const directory = node.makeDirectory('scripts');
    for (const name of readdirSync(dirname(SCRIPT))) copyFileSync(join(dirname(SCRIPT), name), join(directory, name));
    this.script = join(directory, 'install-profiles.sh');
    writeFileSync(this.script, text);
  }

  public get file(): string {
    return join(this.disk, PROFILE);
  }

  public start({ onNode }: NamedUserland, source: string, env: Readonly<Record<string, string>>, timeoutMs: number): RunningProcess {
    const variables = { PATH: onNode.path, SOURCE_DIR: source, TARGET_DIR: this.disk, RESYNC_SECONDS: '1', PROFILE, ...env };
    const words = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    return node.start(['/usr/bin/env', '-i', ...words, onNode.shell, this.script, 'run'], { timeoutMs });
  }

  /** Reads the file all the while that something happens, which gives the number of replacements. */
  public async read(during: (reads: () => number) => Promise<number>): Promise<Report> {
    const reading = node.start([reader, this.file, ...this.sources.map(source => join(source, DOCUMENT))], { timeoutMs: WRITERS_TIMEOUT_MS });
    const last = (reports: string) => JSON.parse(reports.slice(0, reports.lastIndexOf('\n')).split('\n').pop() || '{"reads":0}');
    const replacements = await during(() => last(reading.output()).reads);
    reading.endInput();
    return { ...last(throwUnlessOk([reader], await reading.result)), replacements };
  }
}

/** Lets a writer of each userland replace one file as fast as it can, and somebody read it. */
async function readWhileReplaced(script: string, reads: number, replacements: number): Promise<Report> {
  if (!COMMANDS.test(script)) throw new Error(`${SCRIPT} does not end with the commands, expected ${COMMANDS}`);
  const host = new Host(script.replace(COMMANDS, () => WRITER));
  const enough = join(node.makeDirectory('enough'), 'enough');
  // On a disk each replacement would wait twice until it is written.
  await node.runOrThrow(['mount', '-t', 'tmpfs', '-o', 'size=1m,mode=755', 'tmpfs', host.disk]);
  await node.runOrThrow(['install', '-D', '-m', '644', join(host.sources[0], DOCUMENT), host.file]);
  const [source, other] = host.sources;
  return host.read(async readsUntilNow => {
    const writers = userlands.map((userland, index) =>
      host.start(userland, source, { OWNER: `owner-${index}`, ONE_SOURCE: source, OTHER_SOURCE: other, ENOUGH: enough }, WRITERS_TIMEOUT_MS));
    const written = () => writers.reduce((sum, writer) => sum + writer.output().length, 0);
    let failed = false;
    writers.forEach(writer => void writer.exited.then(() => { failed = true; }));
    await until(`${reads} reads and ${replacements} replacements`, () => failed || (readsUntilNow() >= reads && written() >= replacements), WRITERS_TIMEOUT_MS);
    writeFileSync(enough, '');
    const outputs = await Promise.all(writers.map(async writer => throwUnlessOk(['writer'], await writer.result)));
    expect(outputs.join('')).toMatch(/^\.+$/);
    return outputs.join('').length;
  });
}

/** Lets two whole installers of one node fight, each undoing what the other did. */
async function readWhileDisputed(script: string, seconds: number): Promise<Report> {
  const host = new Host(RESTLESS + script);
  const installers = [0, 1].map(index => host.start(userlands[index], host.sources[index], { OWNER: `owner-${index}` }, 120_000));
  await until('first installation', () => existsSync(host.file));
  return host.read(async () => {
    await sleep(seconds * 1_000);
    installers.forEach(installer => installer.kill());
    const outputs = await Promise.all(installers.map(async installer => (await installer.result).stdout));
    return outputs.join('').split('installed ').length - 1;
  });
}

function report(what: string, { reads, torn, changes, replacements }: Report): void {
  table.add(what, `${replacements} replacements`, `${reads} reads`, `${changes} changes seen`, `${torn} torn`);
}

test('shows a reader whole documents only, in a million reads during ten thousand replacements', async () => {
  const seen = await readWhileReplaced(readFileSync(SCRIPT, 'utf8'), READS, REPLACEMENTS);
  report('a writer in each userland', seen);
  expect(seen.torn).toBe(0);
  expect(seen.replacements).toBeGreaterThanOrEqual(REPLACEMENTS);
  expect(seen.reads).toBeGreaterThanOrEqual(READS);
  expect(seen.changes).toBeGreaterThan(1_000);
}, WRITERS_TIMEOUT_MS);

test('shows a reader whole documents only, while two installers replace each other\'s file', async () => {
  const seen = await readWhileDisputed(readFileSync(SCRIPT, 'utf8'), 10);
  report('two installers that disagree', seen);
  expect(seen.torn).toBe(0);
  expect(seen.changes).toBeGreaterThan(100);
});

test.each([
  ['a writer in each userland, in place', () => readWhileReplaced(IN_PLACE, 0, 300)],
  ['two installers that disagree, in place', () => readWhileDisputed(IN_PLACE, 3)],
])('finds torn documents of %s', async (what, read) => {
  const seen = await read();
  report(`control: ${what}`, seen);
  expect(seen.torn).toBeGreaterThan(0);
});
