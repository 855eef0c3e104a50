import { parse } from 'yaml';
import { KUBELET_ROOT, MachineConfig } from './placement';
import { printYaml } from './yaml-text';
import { InputError, show } from '../../private/errors';

/**
 * Prints a patch of a Talos machine configuration.
 *
 * Talos writes all profiles to one fixed directory, without directories below it.
 *
 * @see https://www.talos.dev/v1.11/kubernetes-guides/configuration/seccomp-profiles/
 */
export const talos: MachineConfig = (document, { kubeletRoot, localhostProfile }) => {
  if (kubeletRoot !== KUBELET_ROOT) {
    throw new InputError(`Talos places profiles only below ${KUBELET_ROOT}: leave out --kubelet-root`);
  }
  const [, name] = /^profiles\/([^/]+)$/.exec(localhostProfile) ?? [];
  if (!name) {
    throw new InputError(`Talos cannot place ${show(localhostProfile)}: expected a --path with one file name below profiles/, such as profiles/app.json`);
  }
  // JSON is YAML; numbers above 2^53 stay exact.
  const value: unknown = parse(document, { intAsBigInt: true });
  return printYaml({ machine: { seccompProfiles: [{ name, value }] } });
};
