import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { documentPath, withDigests } from './installer';
import { NodeArchitecture } from '../../../src';
import { RunningProcess, sleep, throwUnlessOk } from '../runtimes/processes';
import { makeRootfs } from '../runtimes/rootfs';
import { TestNode } from '../runtimes/test-node';

const PROFILE = 'large.json';

/** Two versions of one document, large enough that writing one takes a while. */
const VERSIONS = ['a', 'b'].map(letter => Buffer.from(JSON.stringify({ defaultAction: letter.repeat(128 * 1024) })));

export interface KillLoopReport {
  readonly kills: number;
  /** How often the file was read, while an installer was at work or just killed. */
  readonly reads: number;
  /** How many of these gave something else than one of the two versions, whole. */
  readonly torn: number;
  /** How many kills left a temporary file, so hit between its first byte and its final name. */
  readonly unfinished: number;
  /** What the directory, and that of the records, holds after one last installer that nobody killed. */
  readonly remaining: string[];
}

/**
 * Installs two versions of a document in turn, kills the installer each time at a random moment, and reads the file all the while.
 *
 * A kill hits the process group, which comes to what the kernel does to a container: everything in it dies at one blow.
 */
export async function killInstallers(node: TestNode, script: string, kills: number): Promise<KillLoopReport> {
  const source = node.makeDirectory('source');
  const path = documentPath(PROFILE, NodeArchitecture.AMD64);
  mkdirSync(dirname(join(source, path)), { recursive: true });
  const target = node.makeDirectory('target');
  const file = join(target, PROFILE);
  const applets = join(await makeRootfs(node), 'bin');
  const command = ['env', '-i', `PATH=${applets}`, `SOURCE_DIR=${source}`, `TARGET_DIR=${target}`, 'OWNER=test', join(applets, 'sh'), script, 'once'];

  const install = (version: Buffer): RunningProcess => {
    for (const [name, text] of Object.entries(withDigests({ [path]: version.toString() }))) writeFileSync(join(source, name), text);
    return node.start(command);
  };
  const otherVersion = () => VERSIONS[VERSIONS[0].equals(readFileSync(file)) ? 1 : 0];
  const duration = await medianDuration(async round => throwUnlessOk(command, await install(VERSIONS[round % 2]).result));

  let [reads, torn] = [0, 0];
  const unfinished = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    const installer = install(otherVersion());
    setTimeout(installer.kill, Math.random() * duration);
    let running = true;
    const ended = installer.result.finally(() => { running = false; });
    do {
      await sleep(0);
      const content = readFileSync(file);
      reads += 1;
      if (!VERSIONS.some(version => version.equals(content))) torn += 1;
    } while (running);
    await ended;
    filesBelow(target).filter(isTemporary).forEach(name => unfinished.add(name));
  }
  throwUnlessOk(command, await install(otherVersion()).result);
  return { kills, reads, torn, unfinished: unfinished.size, remaining: filesBelow(target) };
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory());
  return entries.map(entry => relative(directory, join(entry.parentPath, entry.name))).sort();
}

function isTemporary(path: string): boolean {
  return path.startsWith('.test.') || path.includes('/.test.');
}

async function medianDuration(action: (round: number) => Promise<unknown>): Promise<number> {
  const durations: number[] = [];
  for (let round = 0; round < 5; round++) {
    const begin = Date.now();
    await action(round);
    durations.push(Date.now() - begin);
  }
  return durations.sort((a, b) => a - b)[2];
}
