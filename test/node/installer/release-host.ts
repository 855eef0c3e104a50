import { createHash } from 'crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { ConfigMapVolume } from './config-map-volume';
import { documentPath, Installer, InstallerProps, withDigests } from './installer';
import { NodeArchitecture } from '../../../src';
import { Container, OciRuntime } from '../runtimes/oci-runtime';
import { ProcessResult } from '../runtimes/processes';
import { TestNode } from '../runtimes/test-node';

const STATE = '.cdk8s-seccomp';
const LETTERS = [...'ABCDEFGH'];

/** The version of a profile that a letter stands for. */
export function textOf(letter: string): string {
  return JSON.stringify({ defaultAction: letter });
}

/** Where a version lies on the node if its file is named after its content. */
export function pathOf(letter: string): string {
  return `profiles/app-${sha256(textOf(letter)).slice(0, 12)}.json`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The kubelet's seccomp directory of one node, for the DaemonSets of one test. */
export class ReleaseHost {
  public readonly target: string;
  private readonly daemonSets: ReleasedDaemonSet[] = [];

  public constructor(public readonly node: TestNode, public readonly runtime: OciRuntime, public readonly rootfs: string) {
    this.target = node.makeDirectory('target');
  }

  public daemonSet(owner: string, env: Readonly<Record<string, string>>, scripts: Partial<InstallerProps> = {}): ReleasedDaemonSet {
    const daemonSet = new ReleasedDaemonSet(this, owner, env, scripts);
    this.daemonSets.push(daemonSet);
    return daemonSet;
  }

  public write(path: string, text: string): void {
    mkdirSync(dirname(join(this.target, path)), { recursive: true });
    writeFileSync(join(this.target, path), text);
  }

  /** What lies there: a letter for a version at its place, path and content for anything else. */
  public files(): string {
    return this.filesBelow('.').filter(path => !path.startsWith(`${STATE}/`)).map(path => {
      const text = readFileSync(join(this.target, path), 'utf8');
      const letter = LETTERS.find(candidate => textOf(candidate) === text);
      return letter && pathOf(letter) === path ? letter : `${path}=${letter ?? text}`;
    }).sort().join(' ');
  }

  /** The files that the installers keep for themselves, or nothing when their directory is gone. */
  public state(): string[] | undefined {
    return existsSync(join(this.target, STATE)) ? this.filesBelow(STATE).map(path => relative(STATE, path)).sort() : undefined;
  }

  public stateFile(owner: string, name: string): string {
    return join(this.target, STATE, owner, name);
  }

  public async stop(): Promise<void> {
    for (const daemonSet of this.daemonSets) await daemonSet.removePods();
  }

  private filesBelow(directory: string): string[] {
    const entries = readdirSync(join(this.target, directory), { recursive: true, withFileTypes: true });
    return entries.filter(entry => !entry.isDirectory()).map(entry => relative(this.target, join(entry.parentPath, entry.name)));
  }
}

/** A DaemonSet on one node. Each release has a ConfigMap and a pod of its own. */
export class ReleasedDaemonSet {
  private readonly pods: Installer[] = [];

  public constructor(
    private readonly host: ReleaseHost,
    private readonly owner: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly scripts: Partial<InstallerProps>,
  ) {}

  /** Installs versions, in one round; fails if it was not right. */
  public async release(letters: string, env: Readonly<Record<string, string>> = {}): Promise<ProcessResult> {
    const result = await this.pod(byContent(letters), env).run('once');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    return result;
  }

  /** The same where the file keeps its name. */
  public async releaseFixed(path: string, letter: string): Promise<void> {
    expect(await this.pod({ [path]: textOf(letter) }).run('once')).toMatchObject({ status: 0, stderr: '' });
  }

  /** Starts a pod that keeps versions in place. */
  public start(instance: string, letters: string): Container {
    return this.pod(byContent(letters), { INSTANCE: instance }).start();
  }

  public startFixed(instance: string, path: string, letter: string): Container {
    return this.pod({ [path]: textOf(letter) }, { INSTANCE: instance }).start();
  }

  /** A letter for each version with the last release that had it, the latest first; "=" if it was found there, "*" if no release has it any more. */
  public record(): string {
    const [release, ...entries] = this.readState('record').trim().split('\n');
    if (!release) return '';
    expect(release).toMatch(/^release \d+ [0-9a-f]{64}$/);
    return entries.map(line => {
      const [kind, number, since, digest, path] = line.split(' ');
      expect([line, kind, since]).toStrictEqual([line, expect.stringMatching(/^(wrote|found)$/), expect.stringMatching(/^(-|\d+)$/)]);
      const letter = LETTERS.find(candidate => sha256(textOf(candidate)) === digest)!;
      return `${kind === 'found' ? '=' : ''}${path === pathOf(letter) ? '' : `${path}:`}${letter}${number}${since === '-' ? '' : '*'}`;
    }).sort((a, b) => releaseOf(b) - releaseOf(a) || letterOf(a).localeCompare(letterOf(b))).join(' ');
  }

  public leader(): string {
    return this.readState('leader').trim().split(' ')[2];
  }

  public async removePods(): Promise<void> {
    for (const pod of this.pods.splice(0)) await pod.removeContainers();
  }

  private readState(name: string): string {
    const path = this.host.stateFile(this.owner, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  private pod(profiles: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): Installer {
    const { node, runtime, rootfs, target } = this.host;
    const documents = Object.fromEntries(Object.entries(profiles).map(([path, text]) => [documentPath(path, NodeArchitecture.AMD64), text]));
    const source = new ConfigMapVolume(node.makeDirectory('source'), withDigests(documents)).path;
    const pod = new Installer({ runtime, rootfs, source, target, ...this.scripts, env: { LOG_FORMAT: 'json', OWNER: this.owner, ...this.env, ...env } });
    this.pods.push(pod);
    return pod;
  }
}

function releaseOf(entry: string): number {
  return Number(/\d+\*?$/.exec(entry)![0].replace('*', ''));
}

function letterOf(entry: string): string {
  return entry.replace('=', '');
}

function byContent(letters: string): Record<string, string> {
  return Object.fromEntries([...letters].map(letter => [pathOf(letter), textOf(letter)]));
}
