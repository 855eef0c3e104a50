import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runOrThrow } from '../runtimes/processes';

const TOOLS = join(__dirname, '../../../.tmp/admission');

/** Kubernetes 1.30, the first that has ValidatingAdmissionPolicy in v1, and a recent one. */
export const RELEASES = ['oldest', 'newest'] as const;
export type Release = typeof RELEASES[number];

/** A request to the API server. */
export interface Request {
  readonly operation: 'CREATE' | 'UPDATE';
  /** Plural name of the resource, such as `pods`. */
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string;
  readonly user?: string;
  readonly object: any;
  readonly oldObject?: any;
}

export interface Answer {
  readonly allowed: boolean;
  readonly code?: number;
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly audit?: Readonly<Record<string, string>>;
}

export interface Verdict {
  /** Why the API server does not take the policies. */
  readonly errors: readonly string[];
  /** What it says in their status. */
  readonly typeWarnings: readonly string[];
  readonly answers: readonly Answer[];
}

export async function makeApiServers(): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  await runOrThrow([join(__dirname, '../../../scripts/make-cel-oracle.sh'), TOOLS], { timeoutMs: 14 * 60_000, env });
}

/** What the API server of a cluster with these resources, policies and namespaces among them, answers. */
export async function ask(release: Release, resources: readonly any[], requests: readonly Request[]): Promise<Verdict> {
  const directory = mkdtempSync(join(tmpdir(), 'admission-'));
  try {
    const cluster = join(directory, 'cluster.json');
    writeFileSync(cluster, JSON.stringify(resources));
    const input = requests.map(request => `${JSON.stringify(request)}\n`).join('');
    const lines = (await runOrThrow([join(TOOLS, release), cluster], { input, timeoutMs: 110_000 })).trimEnd().split('\n');
    const [creation, ...answers] = lines.map(line => JSON.parse(line));
    if (creation.errors.length === 0 && answers.length !== requests.length) throw new Error(`${answers.length} answers to ${requests.length} requests`);
    return { ...creation, answers };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
