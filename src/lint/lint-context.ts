import { Fleet } from './fleet';
import { isAtLeast } from '../private/version';
import { ProfileDocument } from '../profile/document/document';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { ReadingFault } from '../profile/document/parse-leniently';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { decide, LoadedProfile } from '../profile/filter/decide';
import { Decision } from '../profile/filter/decision';
import { findLoadFaults, LoadFault } from '../profile/filter/load-faults';
import { AbiFilter } from '../profile/filter/loaded-filter';
import { SeccompProfile } from '../profile/seccomp-profile';
import { abiOf } from '../syscalls/abis';
import { numberOf } from '../syscalls/numbers';

/** Actions under which a call is executed. */
export const PERMISSIVE: readonly string[] = ['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'];

/** Input of the rules: the document, and its effect on each kind of node of the fleet. */
export class LintContext {
  public readonly document: ProfileDocument;
  /** Faults that the lenient reader found; empty if a profile was linted, not its text. */
  public readonly readingFaults: readonly ReadingFault[];
  /** Nodes that the document serves, each with its part of the document. */
  public readonly nodes: readonly NodeView[];
  /** Nodes of the fleet that run no architecture of the document. */
  public readonly unserved: readonly NodeArchitecture[];

  public constructor(public readonly profile: SeccompProfile, public readonly fleet: Fleet, readingFaults: readonly ReadingFault[] = []) {
    this.document = profile._document;
    this.readingFaults = readingFaults;
    const served = profile.nodes;
    const wanted = fleet.nodes ?? profile._usualNodes;
    this.unserved = wanted.filter(node => !served.includes(node));
    this.nodes = wanted.filter(node => served.includes(node)).map(node => new NodeView(node, profile.forNode(node), runtimesOf(fleet, node)));
  }

  /** True if calls that no rule names are executed. */
  public get isDenylist(): boolean {
    return PERMISSIVE.includes(this.document.defaultAction);
  }

  /** The runtimes of all nodes. */
  public get runtimes(): readonly ContainerRuntime[] {
    const { fleet, nodes } = this;
    return nodes.length === 0 ? fleet.runtimes : fleet.runtimes.filter(runtime => nodes.some(view => view.runtimes.includes(runtime)));
  }

  /** The runtime whose libseccomp knows most names: rules that judge the document itself use it, not the gaps of an old node. */
  public get newestRuntime(): ContainerRuntime {
    return this.fleet.runtimes.reduce((newest, each) => isAtLeast(newest.libseccomp, each.libseccomp) ? newest : each);
  }
}

/** One kind of node, and the effect of a document on it. */
export class NodeView {
  /** ABIs whose programs the node runs under the document, the native one first. */
  public readonly abis: readonly string[];
  public readonly document: ProfileDocument;

  public constructor(
    public readonly node: NodeArchitecture,
    public readonly profile: SeccompProfile,
    /** Runtimes of the fleet that such a node can have. */
    public readonly runtimes: readonly ContainerRuntime[],
  ) {
    this.document = profile._document;
    const listed = this.document.architectures ?? [];
    this.abis = node.architectures.map(String).filter((abi, index) => index === 0 || listed.includes(abi));
  }

  public get native(): string {
    return this.abis[0];
  }

  public faults(runtime: ContainerRuntime): readonly LoadFault[] {
    return this.profile._filters.faults(runtime, this.native);
  }

  public filter(runtime: ContainerRuntime, abi: string): AbiFilter {
    return this.profile._filters.filter(runtime, abi);
  }

  public loaded(runtime: ContainerRuntime, abi: string): LoadedProfile {
    return this.profile._filters.load(runtime, this.native, abi);
  }

  /** Returns the answer to a call, even if the runtime refuses the document for another reason; undefined if the ABI has no such call. */
  public decide(runtime: ContainerRuntime, abi: string, name: string, args: ReadonlyMap<number, bigint> = new Map()): Decision | undefined {
    const number = numberOf(abi, name);
    return number === undefined ? undefined : decide(this.loaded(runtime, abi), { abi, number, args });
  }
}

/** Leaves out default runtimes that do not know the node's native architecture: such a node does not have them. */
function runtimesOf({ runtimes, assumed }: Fleet, node: NodeArchitecture): readonly ContainerRuntime[] {
  const native = node.architectures[0].value;
  const isAtHome = (runtime: ContainerRuntime) => [...findLoadFaults({ defaultAction: 'SCMP_ACT_ALLOW', architectures: [native] }, runtime, [native], [])].length === 0;
  return assumed ? runtimes.filter(isAtHome) : runtimes;
}

/** True if a call is certainly executed, whatever its arguments. */
export function isExecuted(decision: Decision | undefined): boolean {
  return decision?.action !== undefined && PERMISSIVE.includes(decision.action.value);
}

/** True if a call is certainly denied, whatever its arguments. */
export function isDenied(decision: Decision | undefined): boolean {
  return decision?.action !== undefined && !PERMISSIVE.includes(decision.action.value) && decision.action.value !== 'SCMP_ACT_NOTIFY';
}

export function is64bit(abi: string): boolean {
  return abiOf(abi).pointerBits === 64;
}

/** Returns a runtime with the same libseccomp but without runc's ENOSYS stub, so that the rules decide every number. */
export function withoutStub({ libseccomp }: ContainerRuntime): ContainerRuntime {
  return ContainerRuntime.crun('1.21', { libseccomp });
}
