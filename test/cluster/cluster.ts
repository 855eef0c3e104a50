import { request } from 'http';
import { basename, join } from 'path';
import { Yaml } from 'cdk8s';
import { namespaceObject } from './synth';
import { ProcessOptions, ProcessResult, runProcess, throwUnlessOk, until } from '../node/runtimes/processes';

/** Generous: a machine that does other things too is slow, not wrong. */
export const PATIENCE_MS = 240_000;

/** Commands in the namespaces of the cluster take as long as the machine takes. */
const COMMAND_MS = 180_000;

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npm run test:cluster`);
  return value;
}

/** The cluster that setup.ts has started. */
export class Cluster {
  public static running(): Cluster {
    return new Cluster(required('CLUSTER_DIRECTORY'), required('CLUSTER_PID'));
  }

  private constructor(public readonly directory: string, private readonly pid: string) {}

  public async kubectl(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
    return runProcess(this.enter(['sh', '-c', 'exec "$MADE/bin/kubectl" "$@"', 'kubectl', '--kubeconfig', join(this.directory, 'pki/admin.kubeconfig'), ...args]),
      { timeoutMs: COMMAND_MS, env: { MADE: required('CLUSTER_MADE') }, ...options });
  }

  public async kubectlOrThrow(args: readonly string[], options?: ProcessOptions): Promise<string> {
    return throwUnlessOk(['kubectl', ...args], await this.kubectl(args, options));
  }

  public async apply(manifests: readonly object[], ...flags: string[]): Promise<ProcessResult> {
    // As `cdk8s synth` writes it.
    return this.kubectl(['apply', '-f', '-', ...flags], { input: Yaml.stringify(...manifests) });
  }

  /** Objects that have to be taken without a warning. */
  public async applyOrThrow(manifests: readonly object[], ...flags: string[]): Promise<string> {
    const result = await this.apply(manifests, ...flags);
    expect({ status: result.status, stderr: result.stderr }).toStrictEqual({ status: 0, stderr: '' });
    return result.stdout;
  }

  /** Makes namespaces in which pods can be created, which takes a controller's ServiceAccount. */
  public async makeNamespaces(names: readonly string[], level = 'privileged'): Promise<void> {
    await this.applyOrThrow(names.map(name => namespaceObject(name, level)));
    for (const name of names) await this.eventually(`ServiceAccount of ${name}`, async () => this.get(`/api/v1/namespaces/${name}/serviceaccounts/default`));
  }

  /** A resource or a list by its path in the API; undefined if there is none. */
  public async get<T = any>(path: string): Promise<T | undefined> {
    const { status, body } = await this.ask('GET', path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${path}: ${status}: ${body}`);
    return JSON.parse(body) as T;
  }

  public async ask(method: string, path: string, content?: object, type = 'application/json'): Promise<{ status: number; body: string; warnings: string[] }> {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: join(this.directory, 'api.sock'), method, path, headers: { 'Content-Type': type } }, response => {
        let body = '';
        response.setEncoding('utf8').on('data', text => { body += text; });
        response.on('end', () => resolve({ status: response.statusCode!, body, warnings: [response.headers.warning ?? []].flat() }));
      });
      // A proxy that goes away in the middle of an answer ends it in no other way.
      sent.setTimeout(COMMAND_MS, () => sent.destroy(new Error(`${method} ${path}: no answer within ${COMMAND_MS} ms`)));
      sent.on('error', reject).end(content && JSON.stringify(content));
    });
  }

  /** Waits until a question about the cluster is answered with something; says what was seen last if it is not. */
  public async eventually<T>(what: string, ask: () => Promise<T | undefined | false>, patience = PATIENCE_MS): Promise<T> {
    let answer: T | undefined | false;
    await until(what, async () => {
      answer = await ask();
      if (!answer) await new Promise(resolve => setTimeout(resolve, 200));
      return !!answer;
    }, patience);
    return answer as T;
  }

  /** Runs a command where a node's kubelet runs. */
  public async onNode(number: number, argv: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
    return runProcess(this.enterNode(number, argv), { timeoutMs: COMMAND_MS, ...options });
  }

  public async onNodeOrThrow(number: number, argv: readonly string[], options?: ProcessOptions): Promise<string> {
    return throwUnlessOk(argv, await this.onNode(number, argv, options));
  }

  /** Starts the kubelet of a node again, after its end. */
  public async startKubelet(number: number): Promise<void> {
    await this.onNodeOrThrow(number, [join(__dirname, '../../scripts/cluster/node.sh'), String(number), 'kubelet'], { env: { ...this.environment } });
  }

  /** Below the kubelet's directory of a node, as this machine sees it. */
  public onDisk(number: number, path: string): string {
    return join(this.directory, `node-${number}`, 'kubelet', path);
  }

  /** What scripts/cluster/up.sh tells the scripts that it calls. */
  private get environment(): Record<string, string> {
    const { directory } = this;
    return { MADE: required('CLUSTER_MADE'), RUN: directory, NAME: basename(directory), PKI: join(directory, 'pki'), LOG: join(directory, 'log'), SERVICE_IP: '10.96.0.1' };
  }

  private enter(argv: readonly string[]): string[] {
    return ['nsenter', '--target', this.pid, '--net', '--mount', '--pid', '--', ...argv];
  }

  private enterNode(number: number, argv: readonly string[]): string[] {
    const file = join(this.directory, `node-${number}/pid`);
    return this.enter(['sh', '-c', 'pid=$(cat "$0") && exec nsenter --target "$pid" --mount -- "$@"', file, ...argv]);
  }
}
