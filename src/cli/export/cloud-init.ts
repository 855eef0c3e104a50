import { MachineConfig, nodePath } from './placement';
import { block, printYaml } from './yaml-text';

/**
 * Prints user data for cloud-init. A document in ASCII is included as text, any other in base64: cloud-init's YAML cannot hold every character.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 */
export const cloudInit: MachineConfig = (document, placement) => {
  const content = /^[\n\x20-\x7e]*$/.test(document)
    ? { content: block(document) }
    : { encoding: 'b64', content: Buffer.from(document).toString('base64') };
  const file = { path: nodePath(placement), owner: 'root:root', permissions: '0644', ...content };
  return `#cloud-config\n${printYaml({ write_files: [file] })}`;
};
