import { Program, returnValue } from './bpf';
import { Built, Request } from './libseccomp';
import { SeccompArchitecture, Decision, DecisionKind, NodeArchitecture, ContainerRuntime, SeccompProfile } from '../../../src';
import { ABIS } from '../../../src/syscalls/abis';

/** The calls of one ABI, by whether the library commits itself. */
interface Count {
  defined: number;
  undefined: number;
}

/** As many disagreements as help to understand one. */
const SHOWN = 5;

const AUDIT_TOKENS = new Map(ABIS.map(({ name, auditToken }) => [name, auditToken]));

/** Compares what the library says with what filters return, and counts. */
export class Comparison {
  public readonly disagreements: string[] = [];
  public filters = 0;
  public refused = 0;
  private readonly counts = new Map<string, Count>();

  public constructor(private readonly runtime: ContainerRuntime) {}

  /** Asks the library about every call and runs the filter for it. */
  public filter(request: Request, { program, refused, died }: Built, profile: SeccompProfile, calls: Iterable<[string, number, bigint[]]>): void {
    if (died) return this.disagree(`${died} while libseccomp built ${request.document}`);
    this.filters++;
    if (!program) this.refused++;
    const says = decider(profile, this.runtime, request.native);
    const first = says(request.native, 0, []);
    if ((first.kind === DecisionKind.REFUSED) !== (program === undefined)) {
      return this.disagree(`libseccomp: ${refused ?? 'no fault'}, said ${first.kind} because ${first.reason}: ${request.document}`);
    }
    if (!program) return;
    for (const [abi, number, args] of calls) this.call(program, abi, number, args, says(abi, number, args), request);
  }

  public get cases(): number {
    return [...this.counts.values()].reduce((sum, { defined }) => sum + defined, 0);
  }

  public get undefined(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count.undefined, 0);
  }

  /** The counts, as a table to read. */
  public toString(): string {
    const row = (name: string, defined: unknown, open: unknown) => `${name.padEnd(24)}${`${defined}`.padStart(12)}${`${open}`.padStart(12)}`;
    const rows = [...this.counts].sort(([a], [b]) => a.localeCompare(b)).map(([abi, count]) => row(abi, count.defined, count.undefined));
    return [`${this.filters} filters, ${this.refused} of them refused`, row('ABI', 'defined', 'undefined'), ...rows, row('all', this.cases, this.undefined)].join('\n');
  }

  private call(program: Program, abi: string, number: number, args: bigint[], decision: Decision, { native, document }: Request): void {
    const count = this.counts.get(abi) ?? { defined: 0, undefined: 0 };
    this.counts.set(abi, count);
    if (decision.kind === DecisionKind.UNDEFINED) {
      count.undefined++;
      return;
    }
    count.defined++;
    const returned = program.run(AUDIT_TOKENS.get(abi)!, number, args);
    if (decision.kind === DecisionKind.ACTION && returnValue(decision) === returned) return;
    const call = `${abi} ${number}(${args.map(each => `0x${each.toString(16)}`).join(', ')}) on ${native}`;
    this.disagree(`${call}: built 0x${returned.toString(16)}, said ${decision.kind} ${decision.action} because ${decision.reason}: ${document}`);
  }

  private disagree(what: string): void {
    if (this.disagreements.length < SHOWN) this.disagreements.push(what);
  }
}

/** What the library says about calls on a node. */
export function decider(
  profile: SeccompProfile, runtime: ContainerRuntime, native: string,
): (abi: string, number: number, args: bigint[]) => Decision {
  const node = NodeArchitecture.all().find(({ architectures }) => architectures[0].value === native);
  return (abi, number, args) => profile.decide({ architecture: SeccompArchitecture.of(abi), number, args, node, runtime });
}
