import { ContainerRuntime } from './container-runtime';
import { decide } from './decide';
import { DecidedBy, Decision, DecisionKind, sameDecision } from './decision';
import { NodeFilters } from './node-filter';
import { SyscallQuery } from './query';
import { InputError } from '../../private/errors';
import { enumerate } from '../../private/text';
import { SeccompArchitecture } from '../document/architecture';
import { NodeArchitecture } from '../document/node-architecture';

/** Decides a call on the node of a query, or on every kind of node that runs its ABI if these answer alike. */
export function decideQuery(filters: NodeFilters, query: SyscallQuery, number: number, args: Map<number, bigint>): Decision {
  const { architecture, node } = query;
  const nodes = node ? [node] : NodeArchitecture.running(architecture);
  if (nodes.length === 0) return decideOn(architecture, filters, query, number, args);
  const decisions = nodes.map(({ architectures: [native] }) => decideOn(native, filters, query, number, args));
  if (decisions.every(decision => sameDecision(decision, decisions[0]))) return decisions[0];
  const where = enumerate(nodes.map(({ label }) => `${label} nodes`));
  throw new InputError(`programs of ${architecture} run on ${where}, where the profile answers differently, expected node in the query`);
}

function decideOn(
  { value: native }: SeccompArchitecture, filters: NodeFilters, query: SyscallQuery, number: number, args: Map<number, bigint>,
): Decision {
  const { architecture, runtime = ContainerRuntime.DEFAULT } = query;
  const [fault] = filters.faults(runtime, native);
  if (fault) return { kind: DecisionKind.REFUSED, decidedBy: DecidedBy.RUNTIME, path: fault.path, reason: fault.reason };
  return decide(filters.load(runtime, native, architecture.value), { abi: architecture.value, number, args });
}
