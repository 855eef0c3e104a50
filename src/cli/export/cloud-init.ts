import { MachineConfig, nodePath } from './placement';
import { block, printYaml } from './yaml-text';

/**
 * User data for cloud-init. A document in ASCII stands there as it is; cloud-init's YAML cannot hold every other character.
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
