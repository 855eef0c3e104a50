import { LintSeverity } from '../../lint/finding';
import { localhostFault, WrittenProfile } from '../pod';
import { ManifestReport, ManifestRule } from '../rule';
import { formatContainers } from '../text';

export const localhostWithoutPath: ManifestRule = {
  id: 'localhost-without-path',
  severity: LintSeverity.ERROR,
  summary: 'a seccompProfile that the API server refuses, or that names no file',
  why: 'The API server accepts localhostProfile only with type Localhost, and only as a path below the kubelet\'s seccomp directory: not absolute and without "..". It '
    + 'refuses unknown types, and any seccompProfile on a pod with spec.os.name windows. It accepts an empty path, but then no container starts.',
  fix: 'write type: Localhost with a localhostProfile such as profiles/my-app.json, or RuntimeDefault or Unconfined without one',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go',
  *check({ pods }) {
    for (const { os, profile, containers } of pods) {
      const isRefused = os === 'windows';
      const check = function*(who: string, written: WrittenProfile | undefined): Iterable<ManifestReport> {
        if (!written) return;
        if (isRefused) {
          yield {
            keys: written.keys,
            message: `${who} has a seccompProfile, which the API server refuses: it cannot be set for a windows pod`,
            fix: 'remove it: Windows has no seccomp',
          };
          return;
        }
        const fault = localhostFault(written);
        if (fault) yield { keys: written.keys, message: `${who} ${fault.refused ? 'would be refused' : 'would not start'}: ${fault.reason}` };
      };
      yield* check('the pod', profile);
      for (const container of containers) yield* check(formatContainers([container]), container.own);
    }
  },
};
