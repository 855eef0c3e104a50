import { keysOf } from '../../private/json';
import { groupBy } from '../../private/text';
import { LintSeverity } from '../finding';
import { LintContext } from '../lint-context';
import { readingFaults } from '../load-faults';
import { LintRule, Report } from '../rule';
import { formatRuntimes } from '../text';

export const architectureUnknownToRuntime: LintRule = {
  id: 'architecture-unknown-to-runtime',
  severity: LintSeverity.ERROR,
  summary: 'an architecture that a runtime does not know',
  why: 'A runtime that does not know a name in the list starts no container: runc knows RISCV64 since 1.1.8 and LOONGARCH64 since 1.4.1, and '
    + 'never accepts SCMP_ARCH_NATIVE.',
  fix: 'remove the architecture for the nodes with that runtime: `cdk8s-seccomp for-node FILE amd64`',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/config.go',
  *check(context) {
    yield* readingFaults(context, 'architecture-unknown-to-runtime');
    yield* asGiven(context);
  },
};

/** Judges the document as it is given, not each node's part of it: a runtime reads the whole list. */
function* asGiven({ profile, nodes, runtimes }: LintContext): Iterable<Report> {
  const native = nodes[0]?.native ?? 'SCMP_ARCH_X86_64';
  const found = runtimes.flatMap(runtime => profile._filters.faults(runtime, native)
    .filter(({ kind }) => kind === 'unknown architecture').map(fault => ({ runtime, fault })));
  for (const group of groupBy(found, ({ fault }) => fault.path)) {
    const { path, reason } = group[0].fault;
    yield {
      path,
      edits: [{ path: keysOf(path) }],
      message: `no container starts under ${formatRuntimes(group.map(({ runtime }) => runtime))}: ${reason}`,
    };
  }
}
