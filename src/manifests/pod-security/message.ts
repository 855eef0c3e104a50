import { PodSecurityStandard } from './labels';
import { PodSecurityResult } from './pod-security';
import { quote } from './quote';

/** Returns the API server's message for a pod that its namespace refuses. */
export function podSecurityRejection(podName: string, standard: PodSecurityStandard, result: PodSecurityResult): string {
  return `pods${podName && ` ${quote(podName)}`} is forbidden: violates ${violation(standard, result)}`;
}

/** Returns the API server's message for a violation that it only warns about, or writes to the audit log. */
export function podSecurityWarning(standard: PodSecurityStandard, result: PodSecurityResult): string {
  return `would violate ${violation(standard, result)}`;
}

function violation({ level, version }: PodSecurityStandard, { reason, detail }: PodSecurityResult): string {
  return `PodSecurity "${level}:${version}": ${reason} (${detail})`;
}
