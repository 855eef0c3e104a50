import { enumerate } from '../private/text';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { EPERM, errnoName } from '../syscalls/errnos';

/** `runc 1.1.5 and 1.1.15, crun 1.8.1`. */
export function formatRuntimes(runtimes: readonly ContainerRuntime[]): string {
  const names = [...new Set(runtimes.map(({ name }) => name))];
  return names.map(name => `${name} ${enumerate([...new Set(runtimes.filter(each => each.name === name).map(({ version }) => version))])}`).join(', ');
}

/** `EPERM (1)`, `SCMP_ACT_KILL_PROCESS`. */
export function formatAnswer({ action, errno }: { readonly action?: unknown; readonly errno?: number }): string {
  if (String(action) !== 'SCMP_ACT_ERRNO') return String(action);
  const name = errnoName(errno ?? EPERM);
  return name ? `${name} (${errno})` : `errno ${errno}`;
}
