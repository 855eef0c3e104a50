import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Machine, Release, vmDirectory } from './machine';
import { ContainerHost, stopUnless } from '../node/runtimes/container-host';
import { ProcessOptions, ProcessResult, RunningProcess, startProcess, throwUnlessOk, until } from '../node/runtimes/processes';
import { RUN } from '../node/runtimes/test-node';

/** Longer than any file of tests takes. */
const LIFE_MS = 15 * 60_000;
const BOOT_MS = 180_000;
const STOP_MS = 15_000;
/** What a request may take beyond its own time. */
const GRACE_MS = 60_000;
/** What timeout makes of SIGTERM. */
const TIMED_OUT = 143;

/**
 * A node of another architecture: Debian's kernel and Debian's runtimes on an emulated processor, without a network. It ends with its
 * input: so nothing outlives the tests, however they end. What it writes to its disk is forgotten.
 */
export class VmNode implements ContainerHost {
  public static async start(machine: Machine, release: Release): Promise<VmNode> {
    const vm = await vmDirectory(machine);
    const directory = mkdtempSync(join(tmpdir(), RUN));
    chmodSync(directory, 0o755);
    copyFileSync(join(__dirname, 'serve.sh'), join(directory, 'serve'));
    const node = new VmNode(machine, release, vm, directory, startProcess(qemu(machine, release, vm, directory), { timeoutMs: LIFE_MS }));
    return stopUnless(node, async () => {
      await node.answer(/ready (\S+)\n/, BOOT_MS);
      return node;
    });
  }

  private counter = 0;

  private constructor(
    public readonly machine: Machine,
    public readonly release: Release,
    /** What scripts/make-vm.sh has made. */
    public readonly vm: string,
    public readonly directory: string,
    private readonly running: RunningProcess,
  ) {}

  /** `6.1.0-50-arm64` */
  public get kernel(): string {
    return /ready (\S+)\n/.exec(this.running.output())![1];
  }

  public uniqueName(name: string): string {
    this.counter += 1;
    return `${name}-${this.counter}`;
  }

  public makeDirectory(name: string): string {
    const path = join(this.directory, this.uniqueName(name));
    mkdirSync(path);
    chmodSync(path, 0o755);
    return path;
  }

  /** Its output is there when it has ended. It cannot be killed; its time ends it. */
  public start(argv: readonly string[], { timeoutMs = 120_000, env = {}, input = '' }: ProcessOptions = {}): RunningProcess {
    const directory = this.makeDirectory('request');
    const seconds = Math.ceil(timeoutMs / 1_000);
    const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`);
    writeFileSync(join(directory, 'in'), input);
    writeFileSync(join(directory, 'run'), [...variables, `exec ${argv.map(quoted).join(' ')}`].join('\n'));
    this.running.send(`${directory} ${seconds}\n`);
    let output = '';
    const result = this.answer(new RegExp(`ended ${directory} (\\d+)\n`), timeoutMs + GRACE_MS).then(([, status]): ProcessResult => {
      const [stdout, stderr] = ['out', 'err'].map(file => readFileSync(join(directory, file), 'utf8'));
      output = stdout + stderr;
      return { status: Number(status), stdout, stderr, timedOut: Number(status) === TIMED_OUT };
    });
    const exited = result.then(() => undefined);
    exited.catch(() => undefined);
    return { pid: 0, exited, result, output: () => output, send: refuse, endInput: refuse, kill: refuse };
  }

  public async run(argv: readonly string[], options?: ProcessOptions): Promise<ProcessResult> {
    return this.start(argv, options).result;
  }

  public async runOrThrow(argv: readonly string[], options?: ProcessOptions): Promise<string> {
    return throwUnlessOk(argv, await this.run(argv, options));
  }

  public async stop(): Promise<void> {
    this.running.endInput();
    const timer = setTimeout(this.running.kill, STOP_MS);
    await this.running.result;
    clearTimeout(timer);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async answer(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    let hasExited = false;
    void this.running.exited.then(() => { hasExited = true; });
    try {
      await until(`answer of a virtual machine (${pattern.source.trim()})`, () => hasExited || pattern.test(this.running.output()), timeoutMs);
      const found = pattern.exec(this.running.output());
      if (found) return found;
      throw new Error('the virtual machine has ended');
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${this.running.output().slice(-2_000)}${this.consoleOutput().slice(-2_000)}`);
    }
  }

  private consoleOutput(): string {
    const file = join(this.directory, 'console');
    return existsSync(file) ? readFileSync(file, 'latin1') : '';
  }
}

function quoted(word: string): string {
  return ['', word.replaceAll('\'', '\'\\\'\''), ''].join('\'');
}

function refuse(): never {
  throw new Error('a process in a virtual machine has no input, and is ended by its time only');
}

function qemu({ qemu: command, bus, console: port }: Machine, release: Release, vm: string, directory: string): string[] {
  return [
    // It ends with its input, once it is up; this ends it in any case.
    'timeout', '-k', '5', String(LIFE_MS / 1_000), ...command, '-accel', 'tcg,thread=multi', '-smp', '2', '-m', '1536', '-nodefaults', '-no-reboot', '-display', 'none',
    '-serial', `file:${join(directory, 'console')}`,
    '-kernel', join(vm, release, 'kernel'), '-initrd', join(vm, release, 'initramfs'),
    '-append', `console=${port} panic=-1 quiet mitigations=off cgroup_no_v1=all log_buf_len=4M release=${release} share=${directory}`,
    '-drive', `file=${join(vm, 'disk')},format=raw,if=none,id=disk,snapshot=on`, '-device', `virtio-blk-${bus},drive=disk`,
    '-fsdev', `local,id=share,path=${directory},security_model=none`, '-device', `virtio-9p-${bus},fsdev=share,mount_tag=share`,
    '-device', `virtio-serial-${bus}`, '-chardev', 'stdio,id=requests,signal=off', '-device', 'virtserialport,chardev=requests,name=requests',
    '-device', `virtio-rng-${bus}`,
  ];
}
