import { enumerate } from '../../private/text';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const noArchitectureForNode: LintRule = {
  id: 'no-architecture-for-node',
  severity: LintSeverity.ERROR,
  summary: 'no architecture of a node that the profile has to serve',
  why: 'A list that names nothing the node runs is for other nodes. With a big-endian architecture in it a little-endian node refuses it, and the '
    + 'other way round; else the rules hold for 64-bit programs alone. SeccompProfileDaemonSet has nothing to install there, so pods wait for a file '
    + 'that never comes.',
  fix: 'add the architectures of the node, or take the node out of the targets',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  *check({ document: { architectures = [] }, unserved }) {
    for (const { label, architectures: [native] } of unserved) {
      const isRefused = architectures.some(name => SeccompArchitecture.of(name).bigEndian !== native.bigEndian);
      yield {
        // In the same byte order the rules hold for the node's own architecture, which is in every filter.
        severity: isRefused ? undefined : LintSeverity.WARNING,
        path: 'architectures',
        message: `${enumerate(architectures)} ${architectures.length > 1 ? 'name' : 'names'} nothing that ${label} nodes run, expected at least ${native}`,
      };
    }
  },
};
