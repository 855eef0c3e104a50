import { SeccompProfile } from '../../src';
import { ImageNode } from '../node/runtimes/image-node';
import { Program } from '../node/runtimes/oci-node';
import { OciRuntime, OciRuntimeName } from '../node/runtimes/oci-runtime';
import { ProcessResult } from '../node/runtimes/processes';

/** Runs a program of the node's Debian to its end, as a user without any capability, under what a profile is for such a node, or under none. */
export async function runProgram(
  { host, rootfs, debian, usrOf, kind }: ImageNode, name: OciRuntimeName, { args, env, mounts = [] }: Program, profile?: SeccompProfile,
): Promise<ProcessResult> {
  return runUnder({ host, rootfs, debian, usrOf }, name, { args, env, mounts }, profile && JSON.parse(profile.forNode(kind).toJson()));
}

/** The same, under a document as it stands. */
export async function runUnder(
  { host, rootfs, debian, usrOf }: Pick<ImageNode, 'host' | 'rootfs' | 'debian' | 'usrOf'>, name: OciRuntimeName, { args, env, mounts = [] }: Program, seccomp?: object,
): Promise<ProcessResult> {
  return OciRuntime[name](host).runContainer({
    rootfs, args, env, uid: 1001, seccomp, mounts: [{ source: usrOf(debian), destination: '/usr' }, ...mounts], timeoutMs: 180_000,
  });
}
