import { LintSeverity } from '../../lint/finding';
import { PodSecurityLabels, PodSecurityStandard } from '../pod-security/labels';
import { PodSecurityLevel } from '../pod-security/level';
import { podSecurityRejection, podSecurityWarning } from '../pod-security/message';
import { PodSecurityPod, podSecurityPod } from '../pod-security/pod';
import { podSecurityResult } from '../pod-security/pod-security';
import { namespaceOf } from '../resource';
import { ManifestNote, ManifestReport, noting } from '../rule';

interface PodNote extends ManifestNote {
  readonly namespace: string;
  /** Name of the pod; undefined for a workload, whose pods get generated names. */
  readonly podName?: string;
  readonly pod: PodSecurityPod;
}

type NamespaceReport = Omit<ManifestReport, 'keys'>;

/** Standards that imply all others: before 1.19 annotations count, before 1.25 Windows pods are not exempt. */
const STRICTEST: readonly [PodSecurityLevel, string][] = [
  [PodSecurityLevel.RESTRICTED, 'latest'], [PodSecurityLevel.RESTRICTED, 'v1.24'], [PodSecurityLevel.RESTRICTED, 'v1.18'],
];

export const podSecuritySeccomp = noting<PodNote>({
  id: 'pod-security-seccomp',
  severity: LintSeverity.ERROR,
  summary: 'a pod that its namespace refuses for its seccomp profile',
  why: 'The pod-security.kubernetes.io labels of a namespace set a level for its pods: baseline forbids Unconfined, restricted requires RuntimeDefault or Localhost. '
    + 'The API server still accepts a workload and refuses each of its pods later, which only events show. This rule judges seccomp only, no other control.',
  fix: 'set securityContext.seccompProfile on the pod to RuntimeDefault or Localhost, and on no container to Unconfined',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  *note(resource) {
    for (const pod of resource.pods) {
      const view = podSecurityPod(pod);
      if (STRICTEST.every(([level, version]) => podSecurityResult(view, level, version).allowed)) continue;
      yield { keys: pod.keys, namespace: namespaceOf(resource), podName: resource.kind === 'Pod' ? resource.name : undefined, pod: view };
    }
  },
  *conclude({ namespace, podName, pod }, { namespaces }) {
    const reports = (namespaces.get(namespace) ?? []).flatMap(labels => reportOf(labels, pod, podName) ?? []);
    // A namespace that appears twice is judged by both.
    const seen = new Set<string>();
    for (const each of reports.sort((one, other) => one.message < other.message ? -1 : 1)) {
      if (!seen.has(each.message)) yield each;
      seen.add(each.message);
    }
  },
});

/** Returns the worst report that one namespace causes. */
function reportOf({ enforce, warn, audit }: PodSecurityLabels, pod: PodSecurityPod, podName: string | undefined): NamespaceReport | undefined {
  const violation = ({ level, version }: PodSecurityStandard) => {
    const result = podSecurityResult(pod, level, version);
    return result.allowed ? undefined : result;
  };
  const refused = violation(enforce);
  if (refused) return { message: refusal(podSecurityRejection(podName ?? '', enforce, refused), podName === undefined) };
  const warned = violation(warn);
  if (warned) return { message: `the API server would warn: ${podSecurityWarning(warn, warned)}`, severity: LintSeverity.WARNING };
  const audited = violation(audit);
  return audited && { message: `the audit log would say: ${podSecurityWarning(audit, audited)}`, severity: LintSeverity.INFO };
}

/** Returns the rejection without a name for the pods of a workload, whose names are not known. */
function refusal(rejection: string, isWorkload: boolean): string {
  return isWorkload ? rejection.replace('pods is forbidden', 'its pods would be refused') : rejection;
}
