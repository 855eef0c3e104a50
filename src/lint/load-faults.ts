import { LintContext } from './lint-context';
import { Report } from './rule';
import { formatRuntimes } from './text';
import { groupBy } from '../private/text';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { LoadFault, LoadFaultKind } from '../profile/filter/load-faults';

interface Refusal {
  readonly runtime: ContainerRuntime;
  readonly fault: LoadFault;
}

/** Name and version of a runtime in a reason. If two runtimes refuse the same thing, there is one finding. */
const RUNTIME = /^(runc|crun)( [\d.]+)?/;

/** Reports the faults for which runtimes of the fleet refuse the document, each place and reason once. */
export function* refusals(context: LintContext, kind: LoadFaultKind, rest: (fault: LoadFault) => Partial<Report> = () => ({})): Iterable<Report> {
  const found = context.nodes.flatMap(node => node.runtimes.flatMap(runtime =>
    node.faults(runtime).filter(fault => fault.kind === kind).map((fault): Refusal => ({ runtime, fault }))));
  for (const group of groupBy(found, ({ fault }) => `${fault.path} ${fault.reason.replace(RUNTIME, '')}`)) {
    const runtimes = [...new Set(group.map(({ runtime }) => runtime))];
    const [{ fault }] = group;
    yield { path: fault.path, message: `${formatRuntimes(runtimes)} start${runtimes.length > 1 ? '' : 's'} no container with this: ${fault.reason}`, ...rest(fault) };
  }
}

/** Returns the faults of the lenient reader that a rule reports. */
export function readingFaults({ readingFaults: faults }: LintContext, id: string): Report[] {
  return faults.filter(({ rule }) => rule === id);
}
