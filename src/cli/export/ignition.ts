import { createHash } from 'crypto';
import { MachineConfig, nodePath } from './placement';

/**
 * Prints an Ignition configuration, for Fedora CoreOS and Flatcar. Every release of Ignition 2 reads version 3.0.0 of the specification, which
 * suffices for a file.
 *
 * @see https://coreos.github.io/ignition/configuration-v3_0/
 */
export const ignition: MachineConfig = (document, placement) => {
  const file = {
    path: nodePath(placement),
    mode: 0o644,
    overwrite: true,
    contents: {
      source: `data:application/json;base64,${Buffer.from(document).toString('base64')}`,
      verification: { hash: `sha512-${createHash('sha512').update(document).digest('hex')}` },
    },
  };
  return `${JSON.stringify({ ignition: { version: '3.0.0' }, storage: { files: [file] } }, undefined, 2)}\n`;
};
