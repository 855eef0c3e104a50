import { ARCHITECTURE } from './document/architecture';
import { NodeArchitecture } from './document/node-architecture';
import { ContainerRuntime } from './filter/container-runtime';
import { Libc } from './filter/libc';
import { SyscallRule } from './syscall-rule';
import { instanceOf, listOf, NUMBER, optional, structOf, TEXT } from '../private/arguments';

/** Shapes of the arguments of `SeccompProfile` and of the classes that judge profiles. */
export const NAMES = listOf(TEXT);
export const NODE = instanceOf(NodeArchitecture, 'a NodeArchitecture such as NodeArchitecture.ARM64');
export const RUNTIME = instanceOf(ContainerRuntime, 'a ContainerRuntime such as ContainerRuntime.runc("1.1.15")');
export const LIBC = instanceOf(Libc, 'a Libc such as Libc.glibc("2.36")');

const RULE = instanceOf(SyscallRule, 'a SyscallRule such as SyscallRule.enosys("clone3")');

export const ARCHITECTURES = listOf(ARCHITECTURE);
export const DENYLIST = structOf({ denied: optional(NAMES), rules: optional(listOf(RULE)), architectures: optional(ARCHITECTURES) });
export const ALLOWLIST = structOf({
  allowed: NAMES, rules: optional(listOf(RULE)), architectures: optional(ARCHITECTURES), defaultErrno: optional(NUMBER),
});
export const DOCKER = structOf({ node: NODE, capabilities: optional(NAMES), kernelVersion: optional(TEXT) });
export const DIFF = structOf({ architectures: optional(ARCHITECTURES), runtime: optional(RUNTIME) });
export const QUERY = structOf({
  architecture: ARCHITECTURE,
  syscall: optional(TEXT),
  number: optional(NUMBER),
  args: optional(listOf(() => {})),
  runtime: optional(RUNTIME),
  node: optional(NODE),
});
export const THREADS = structOf({ libc: LIBC, architecture: ARCHITECTURE, runtime: optional(RUNTIME), node: optional(NODE), kernel: optional(TEXT) });
