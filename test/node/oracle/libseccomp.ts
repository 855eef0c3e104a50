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
 * Another one can be put in its place with LD_LIBRARY_PATH.
 */
export class Libseccomp {
  public static async start(): Promise<Libseccomp> {
    const child = spawn('/usr/bin/python3', ['-I', join(__dirname, 'filters.py')], {
      stdio: ['pipe', 'pipe', 'inherit'] as unknown as 'pipe',
      env: { LC_ALL: 'C.UTF-8', LD_LIBRARY_PATH: process.env.ORACLE_LIBRARY_PATH ?? '' },
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
    for (const request of requests) {
      this.child.stdin.write(`{"native":"${request.native}","document":${request.document}}\n`);
      pending.push(request);
      if (pending.length >= AHEAD) yield [pending[0], await this.answer(pending.shift()!)];
    }
    while (pending.length > 0) yield [pending[0], await this.answer(pending.shift()!)];
  }

  private async answer(request: Request): Promise<Built> {
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`libseccomp's process ended over ${request.document}`);
    const { program, bigEndian, ...rest } = JSON.parse(value);
    return program ? { program: new Program(Buffer.from(program, 'base64'), bigEndian) } : rest;
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
