import { isDeepStrictEqual } from 'util';
import { Request } from './api-server';

/** What a container runs under. */
export interface Applied {
  /** Empty if nothing says anything. */
  readonly type: string;
  readonly path: string;
}

/** A policy, said by hand. */
export interface Rule {
  readonly acceptsPrivileged?: boolean;
  accepts(applied: Applied): boolean;
  concerns?(namespace: string): boolean;
  isImageExempt?(image: string): boolean;
  isAccountExempt?(namespace: string, account: string): boolean;
  isUserExempt?(user: string): boolean;
}

/** Whether a request is to be allowed, worked out without CEL. */
export function isExpectedToPass(rule: Rule, { operation, resource, subresource, namespace, user, object, oldObject }: Request): boolean {
  if (rule.concerns && !rule.concerns(namespace)) return true;
  if (rule.isUserExempt?.(user ?? '')) return true;
  if (resource === 'pods' && operation === 'UPDATE' && !subresource && !rule.isImageExempt) return true;
  const spec = specOf(object);
  if (operation === 'UPDATE' && isDeepStrictEqual(spec, specOf(oldObject))) return true;
  if (spec.os?.name === 'windows') return true;
  if (rule.isAccountExempt?.(namespace, spec.serviceAccountName || 'default')) return true;
  for (const container of [...spec.containers, ...spec.initContainers ?? [], ...spec.ephemeralContainers ?? []]) {
    if (rule.isImageExempt?.(container.image ?? '')) continue;
    if (container.securityContext?.privileged) {
      if (!rule.acceptsPrivileged) return false;
      continue;
    }
    const { type = '', localhostProfile = '' } = container.securityContext?.seccompProfile ?? spec.securityContext?.seccompProfile ?? {};
    if (!rule.accepts({ type, path: localhostProfile })) return false;
  }
  return true;
}

export function specOf({ kind, spec }: any): any {
  if (kind === 'Pod') return spec;
  return kind === 'CronJob' ? spec.jobTemplate.spec.template.spec : spec.template.spec;
}
