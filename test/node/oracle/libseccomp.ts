import { ChildProcessWithoutNullStreams, spawn } from 'child_process';
import { join } from 'path';
import { createInterface } from 'readline';
import { Program } from './bpf';

/** What libseccomp made of a document: a program, a refusal with an errno's name, or nothing, because it crashed or did not end. */
export interface Built {
  readonly program?: Program;
  readonly refused?: string;
  readonly died?: string;
}

/** How many documents are under way at once: enough to keep the other side busy. */
const AHEAD = 64;

/**
 * The libseccomp of this machine, which builds filters for the machines of all architectures.
 *
 * ORACLE_LIBRARY_PATH names a directory with another one.
 */
export class Libseccomp {
  public static async start(): Promise<Libseccomp> {
    const directory = process.env.ORACLE_LIBRARY_PATH;
    const child = spawn('/usr/bin/python3', ['-I', join(__dirname, 'filters.py')], {
      stdio: ['pipe', 'pipe', 'inherit'] as unknown as 'pipe',
      env: { LC_ALL: 'C.UTF-8', ...(directory === undefined ? {} : { LD_LIBRARY_PATH: directory }) },
    });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { libseccomp } = JSON.parse((await answers.next()).value);
    return new Libseccomp(child, answers, libseccomp);
  }

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly answers: AsyncIterator<string>,
    public readonly version: string,
  ) {}

  /** Filters for documents, in their order. */
  public async* build<R extends Request>(requests: Iterable<R>): AsyncIterable<[R, Built]> {
    const pending: R[] = [];
    try {
      for (const request of requests) {
        this.child.stdin.write(`{"native":"${request.native}","document":${request.document}}\n`);
        pending.push(request);
        if (pending.length >= AHEAD) yield await this.answer(pending);
      }
      while (pending.length > 0) yield await this.answer(pending);
    } finally {
      // Whoever stops half-way must not leave the answers to the next.
      while (pending.length > 0) await this.answer(pending);
    }
  }

  private async answer<R extends Request>(pending: R[]): Promise<[R, Built]> {
    const request = pending.shift()!;
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`libseccomp's process ended over ${request.document}`);
    const { program, bigEndian, ...rest } = JSON.parse(value);
    return [request, program ? { program: new Program(Buffer.from(program, 'base64'), bigEndian) } : rest];
  }

  public stop(): void {
    this.child.stdin.end();
  }
}

export interface Request {
  /** The node's own ABI. */
  readonly native: string;
  /** OCI document, as JSON text in one line. */
  readonly document: string;
}
