import { readFileSync, writeFileSync } from 'fs';
import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { join } from 'path';
import { applyMergePatch } from './merge-patch';
import { BindMount } from '../runtimes/oci-config';
import { runOrThrow } from '../runtimes/processes';

export const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.token-of-the-installer.c2lnbmF0dXJl';

export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly time: number;
}

/** A node as the API server has it. */
export const NODE = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1.example', labels: { 'kubernetes.io/os': 'linux' } } };

/** What a pod knows of the API server: certificate authority and token. */
export class Account {
  public static async make(directory: string): Promise<Account> {
    const inDirectory = (name: string) => join(directory, name);
    const request = ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'];
    await runOrThrow([...request, '-keyout', inDirectory('ca.key'), '-out', inDirectory('ca.crt'), '-subj', '/CN=authority']);
    await runOrThrow([...request, '-keyout', inDirectory('tls.key'), '-out', inDirectory('tls.crt'), '-subj', '/CN=kube-apiserver',
      '-CA', inDirectory('ca.crt'), '-CAkey', inDirectory('ca.key'), '-addext', 'subjectAltName=IP:127.0.0.1,IP:::1', '-addext', 'basicConstraints=CA:false']);
    writeFileSync(inDirectory('token'), TOKEN);
    return new Account(directory);
  }

  private constructor(private readonly directory: string) {}

  public get mount(): BindMount {
    return { source: this.directory, destination: '/var/run/secrets/kubernetes.io/serviceaccount' };
  }

  public get serverKeys(): { key: Buffer; cert: Buffer } {
    return { key: readFileSync(join(this.directory, 'tls.key')), cert: readFileSync(join(this.directory, 'tls.crt')) };
  }
}

/** An API server that has one node, and applies the patches that come for it. */
export class ApiServer {
  public static async start(account: Account, host = '127.0.0.1'): Promise<ApiServer> {
    const server = createServer(account.serverKeys);
    await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, host, resolve));
    return new ApiServer(server, host);
  }

  public readonly requests: ApiRequest[] = [];
  /** Status to answer with; without one, no answer comes. */
  public status: number | undefined = 200;
  /** Runs while a client waits for its answer. */
  public onRequest?: () => void;
  private node: unknown = NODE;

  private constructor(private readonly server: Server, private readonly host: string) {
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', text => { body += text; }).on('end', () => {
        const { method, url, headers } = request;
        this.requests.push({ method: method!, url: url!, headers: headers as ApiRequest['headers'], body, time: Date.now() });
        this.onRequest?.();
        if (this.status === undefined) return;
        if (this.status === 200) this.node = applyMergePatch(this.node, JSON.parse(body));
        response.writeHead(this.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(this.status === 200 ? this.node : { kind: 'Status' }));
      });
    });
  }

  public get labels(): Record<string, string> {
    return (this.node as typeof NODE).metadata.labels;
  }

  public get env(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return { KUBERNETES_SERVICE_HOST: this.host, KUBERNETES_SERVICE_PORT: String(port), NODE_NAME: NODE.metadata.name };
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
