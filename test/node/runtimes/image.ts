import { createHash } from 'crypto';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { TestNode } from './test-node';

export const IMAGE = 'docker.io/library/busybox-on-debian:latest';

/** Packs a root file system as an image archive, in the format of `docker save`. */
export async function makeImage(node: TestNode, rootfs: string): Promise<string> {
  const directory = node.makeDirectory('image');
  await node.runOrThrow(['tar', '-C', rootfs, '--numeric-owner', '-cf', join(directory, 'layer.tar'), '.']);
  const digest = createHash('sha256').update(readFileSync(join(directory, 'layer.tar'))).digest('hex');
  const write = (file: string, content: object) => writeFileSync(join(directory, file), JSON.stringify(content));
  write('config.json', { architecture: 'amd64', os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] } });
  write('manifest.json', [{ Config: 'config.json', RepoTags: [IMAGE], Layers: ['layer.tar'] }]);
  const archive = join(directory, 'image.tar');
  await node.runOrThrow(['tar', '-C', directory, '-cf', archive, 'manifest.json', 'config.json', 'layer.tar']);
  return archive;
}
