import { parse } from 'yaml';
import { KUBELET_ROOT, MachineConfig } from './placement';
import { printYaml } from './yaml-text';
import { InputError, show } from '../../private/errors';

/**
 * A patch of a Talos machine configuration.
 *
 * Talos writes each profile to one directory, which is not to be chosen; it makes no directories below it.
 *
 * @see https://www.talos.dev/v1.11/kubernetes-guides/configuration/seccomp-profiles/
 */
export const talos: MachineConfig = (document, { kubeletRoot, localhostProfile }) => {
  if (kubeletRoot !== KUBELET_ROOT) {
    throw new InputError(`Talos places profiles below ${KUBELET_ROOT} only: leave out --kubelet-root`);
  }
  const [, name] = /^profiles\/([^/]+)$/.exec(localhostProfile) ?? [];
  if (!name) {
    throw new InputError(`Talos cannot place ${show(localhostProfile)}: it puts profiles as profiles/NAME, expected a --path such as profiles/app.json`);
  }
  // JSON is YAML; numbers above 2^53 stay exact.
  const value: unknown = parse(document, { intAsBigInt: true });
  return printYaml({ machine: { seccompProfiles: [{ name, value }] } });
};
