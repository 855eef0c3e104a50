import { enumerate } from '../../private/text';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const noArchitectureForNode: LintRule = {
  id: 'no-architecture-for-node',
  severity: LintSeverity.ERROR,
  summary: 'a target node that runs no architecture of the profile',
  why: 'If the list names no architecture that the node runs, the profile is for other nodes. The node refuses it if the byte order differs; '
    + 'otherwise the rules hold only for programs of the native ABI. SeccompProfileDaemonSet installs nothing there, so pods wait for a file that never '
    + 'comes.',
  fix: 'add the architectures of the node, or remove the node from the targets',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  *check({ document: { architectures = [] }, unserved }) {
    for (const { label, architectures: [native] } of unserved) {
      const isRefused = architectures.some(name => SeccompArchitecture.of(name).bigEndian !== native.bigEndian);
      yield {
        // In the same byte order the rules hold for the native architecture, which is in every filter.
        severity: isRefused ? undefined : LintSeverity.WARNING,
        path: 'architectures',
        message: `${enumerate(architectures)} ${architectures.length > 1 ? 'name' : 'names'} nothing that ${label} nodes run, expected at least ${native}`,
      };
    }
  },
};
