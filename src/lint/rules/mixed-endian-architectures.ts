import { abiOf } from '../../syscalls/abis';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

const isBig = (name: string) => abiOf(name).endianness === 'big';

export const mixedEndianArchitectures: LintRule = {
  id: 'mixed-endian-architectures',
  severity: LintSeverity.ERROR,
  summary: 'big- and little-endian architectures in one list',
  why: 'libseccomp refuses to put both byte orders into one filter (EDOM), so no container starts with the profile, on any node. Such a list is '
    + 'for many kinds of node, but each node reads all of it.',
  fix: 'give each node its own list: `cdk8s-seccomp for-node FILE amd64`, or let SeccompProfileDaemonSet do it',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check({ document: { architectures = [] }, nodes }) {
    const wanted = nodes.length > 0 ? isBig(nodes[0].native) : isBig(architectures[0] ?? 'SCMP_ARCH_X86_64');
    const others = architectures.flatMap((name, index) => isBig(name) === wanted ? [] : [index]);
    if (others.length === 0 || others.length === architectures.length) return;
    const [big, little] = [true, false].map(order => architectures.find(name => isBig(name) === order)!);
    yield {
      path: `architectures[${others[0]}]`,
      message: `no runtime can load this list: ${big} is big-endian, ${little} is little-endian; every container fails with "numerical argument out of domain"`,
      edits: nodes.every(({ native }) => isBig(native) === wanted) ? others.map(index => ({ path: ['architectures', index] })) : undefined,
    };
  },
};
