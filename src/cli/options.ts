import { InputError, list, show } from '../private/errors';
import { SeccompArchitecture } from '../profile/document/architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { Libc } from '../profile/filter/libc';
import { ABIS, abiWord, findAbi, NODE_KINDS } from '../syscalls/abis';

/** Returns a parser for an option that may be given more than once. */
export function collect<T>(read: (text: string) => T): (text: string, before?: T[]) => T[] {
  return (text, before = []) => [...before, read(text)];
}

/** Reads `runc@1.1.5` or `crun@1.8.1+libseccomp@2.5.4`. */
export function runtimeOption(text: string): ContainerRuntime {
  const [, name, version, libseccomp] = /^(runc|crun)@(.+?)(?:\+libseccomp[=@](.+))?$/.exec(text) ?? [];
  if (name === 'runc') return ContainerRuntime.runc(version, { libseccomp });
  if (name === 'crun') return ContainerRuntime.crun(version, { libseccomp });
  throw new InputError(`${show(text)} is not a runtime, expected one such as runc@1.1.5 or crun@1.8.1+libseccomp@2.5.4`);
}

/** Reads `glibc@2.39` or `musl`. */
export function libcOption(text: string): Libc {
  const [, version] = /^glibc@(.+)$/.exec(text) ?? [];
  if (version) return Libc.glibc(version);
  if (text === 'musl') return Libc.musl();
  throw new InputError(`${show(text)} is not a C library, expected musl, or glibc with a version such as glibc@2.39`);
}

/** Reads `6.1`, or the output of `uname -r`. */
export function kernelOption(text: string): string {
  if (!/^\d+\.\d+/.test(text)) throw new InputError(`${show(text)} is not a kernel version, expected one such as 5.10`);
  return text;
}

/** Reads the name of an architecture: `amd64` or `aarch64` for nodes, `X86` or `SCMP_ARCH_X86` for ABIs. */
export function architectureOption(text: string): SeccompArchitecture {
  const name = text.toUpperCase().replace(/^SCMP_ARCH_/, '');
  const abi = findAbi(`SCMP_ARCH_${name}`)?.name
    ?? NODE_KINDS.find(kind => kind.name === text || kind.machines.includes(text))?.abis[0];
  if (abi) return SeccompArchitecture.of(abi);
  const known = [...NODE_KINDS.map(kind => kind.name), ...ABIS.map(each => abiWord(each.name))];
  throw new InputError(`${show(text)} is not an architecture, expected one of ${list(known)}`);
}

/** Reads an argument and its value, such as `0=0x10000000`. */
export function argumentOption(text: string): { readonly index: number; readonly value: string } {
  const [, index, value] = /^([0-5])=(\d+|0x[0-9a-f]+)$/i.exec(text) ?? [];
  if (!index) throw new InputError(`${show(text)} is not an argument, expected its index and value, such as 0=0x10000000`);
  return { index: Number(index), value };
}
