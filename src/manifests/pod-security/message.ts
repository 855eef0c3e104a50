import { PodSecurityStandard } from './labels';
import { PodSecurityResult } from './pod-security';
import { quote } from './quote';

/** What an API server answers to whoever creates a pod that its namespace does not let in. */
export function podSecurityRejection(podName: string, standard: PodSecurityStandard, result: PodSecurityResult): string {
  return `pods${podName && ` ${quote(podName)}`} is forbidden: violates ${violation(standard, result)}`;
}

/** What it says where it only warns, or notes in the audit log. */
export function podSecurityWarning(standard: PodSecurityStandard, result: PodSecurityResult): string {
  return `would violate ${violation(standard, result)}`;
}

function violation({ level, version }: PodSecurityStandard, { reason, detail }: PodSecurityResult): string {
  return `PodSecurity "${level}:${version}": ${reason} (${detail})`;
}
