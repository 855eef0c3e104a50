import { join } from 'path';
import { PodSecurityLevel } from '../../../src/manifests/pod-security/level';
import { PodSecurity, PodSecurityResult } from '../../../src/manifests/pod-security/pod-security';
import { runOrThrow } from '../runtimes/processes';

const TOOLS = join(__dirname, '../../../.tmp/pod-security');

/** Those with fixtures, one that nobody knows yet, and the latest. */
export const VERSIONS = [...Array.from({ length: 38 }, (_, minor) => `v1.${minor}`), 'v1.100', 'latest'];

export interface Request {
  readonly pod: any;
  readonly namespace?: any;
}

/** What the program answers to one request. */
export interface Answer {
  readonly error?: string;
  readonly results: readonly PodSecurityResult[];
  /** By level, the index of the result at each version. */
  readonly levels: Readonly<Record<PodSecurityLevel, readonly number[]>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly labelErrors?: readonly string[];
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly audit?: string;
}

export type Check = typeof PodSecurity.check;

/** Builds the program, and gives the directory of Kubernetes' own fixtures. */
export async function makeOracle(): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const source = await runOrThrow([join(__dirname, '../../../scripts/make-pod-security-oracle.sh'), TOOLS], { timeoutMs: 8 * 60_000, env });
  return join(source.trim(), 'test/testdata');
}

/** Puts requests, each in JSON, to Kubernetes' admission. */
export async function ask(requests: readonly string[]): Promise<Answer[]> {
  const input = requests.map(request => `${request}\n`).join('');
  const output = await runOrThrow([join(TOOLS, 'bin/pod-security'), ...VERSIONS], { timeoutMs: 100_000, input });
  const answers = output.trimEnd().split('\n').map(line => JSON.parse(line) as Answer);
  if (answers.length !== requests.length) throw new Error(`${answers.length} answers to ${requests.length} requests`);
  return answers;
}

export class Comparison {
  public comparisons = 0;
  public forbidden = 0;
  public readonly disagreements: string[] = [];

  public constructor(
    private readonly check: Check = PodSecurity.check,
    private readonly levels: readonly PodSecurityLevel[] = Object.values(PodSecurityLevel),
  ) {}

  /** Compares a pod at each of the levels and every version. */
  public add(pod: any, { error, results, levels }: Answer): this {
    if (error !== undefined) throw new Error(`${JSON.stringify(pod)}: ${error}`);
    for (const level of this.levels) {
      VERSIONS.forEach((version, index) => {
        const [ours, theirs] = [this.check(pod, level, version), results[levels[level][index]]];
        this.comparisons++;
        if (!theirs.allowed) this.forbidden++;
        if (ours.allowed === theirs.allowed && ours.reason === theirs.reason && ours.detail === theirs.detail) return;
        this.disagreements.push(`${level}:${version} ${JSON.stringify(pod)}: ${JSON.stringify(ours)}, expected ${JSON.stringify(theirs)}`);
      });
    }
    return this;
  }
}
