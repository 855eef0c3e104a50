/**
 * Prints the numbers in the kernel's own headers, as data/syscalls/linux-<version>.tsv holds them:
 *
 *   tsx scripts/dump-kernel-numbers.ts <unpacked linux-libc-dev>/usr/include [abi …] > data/syscalls/linux-<version>.tsv
 *
 * Needs `cpp` and the headers of all architectures, which Debian ships in one linux-libc-dev from 6.10 on. This is a
 * second source for the numbers: they come to libseccomp by hand and by script, to programs by these headers.
 */
import { execFileSync } from 'child_process';
import { ABIS } from '../src/syscalls/abis';

const [include, ...wanted] = process.argv.slice(2);

/** Debian's directory and what the architecture's compiler would define. */
const TARGETS: Record<string, [directory: string, ...macros: string[]]> = {
  x86: ['i386-linux-gnu', '__i386__'],
  x86_64: ['x86_64-linux-gnu', '__x86_64__', '__LP64__'],
  x32: ['x86_64-linux-gnux32', '__x86_64__', '__ILP32__'],
  arm: ['arm-linux-gnueabihf', '__arm__', '__ARM_EABI__'],
  aarch64: ['aarch64-linux-gnu', '__aarch64__', '__LP64__'],
  loongarch64: ['loongarch64-linux-gnu', '__loongarch__', '__BITS_PER_LONG=64'],
  m68k: ['m68k-linux-gnu', '__m68k__'],
  mips: ['mips-linux-gnu', '__mips__', '_MIPS_SIM=1'],
  mips64: ['mips64-linux-gnuabi64', '__mips__', '_MIPS_SIM=3'],
  mips64n32: ['mips64-linux-gnuabi64', '__mips__', '_MIPS_SIM=2'],
  mipsel: ['mipsel-linux-gnu', '__mips__', '_MIPS_SIM=1'],
  mipsel64: ['mips64el-linux-gnuabi64', '__mips__', '_MIPS_SIM=3'],
  mipsel64n32: ['mips64el-linux-gnuabi64', '__mips__', '_MIPS_SIM=2'],
  ppc: ['powerpc-linux-gnu', '__powerpc__'],
  ppc64: ['powerpc64-linux-gnu', '__powerpc__', '__powerpc64__'],
  ppc64le: ['powerpc64le-linux-gnu', '__powerpc__', '__powerpc64__'],
  s390: ['s390x-linux-gnu', '__s390__'],
  s390x: ['s390x-linux-gnu', '__s390__', '__s390x__'],
  parisc: ['hppa-linux-gnu', '__hppa__'],
  parisc64: ['hppa-linux-gnu', '__hppa__', '__LP64__'],
  riscv64: ['riscv64-linux-gnu', '__riscv', '__riscv_xlen=64', '__LP64__', '__SIZEOF_POINTER__=8'],
  sh: ['sh4-linux-gnu', '__sh__', '__SH4__'],
  sheb: ['sh4-linux-gnu', '__sh__', '__SH4__'],
};

const NOT_A_CALL = /^(unused|reserved)\d+$|^(SYSCALL|OABI_SYSCALL)_|^BASE$|^Linux|^syscalls$|^arch_specific_syscall$/;

function numbersOf(tool: string): Map<string, number> {
  const [directory, ...macros] = TARGETS[tool];
  const sims = ['_ABIO32=1', '_ABIN32=2', '_ABI64=3'];
  const preprocess = (input: string, ...options: string[]) => execFileSync('cpp', [
    '-undef', '-nostdinc', '-P', `-I${include}/${directory}`, `-I${include}`,
    ...[...macros, ...sims].map(macro => `-D${macro}`), ...options,
  ], { encoding: 'utf8', input: `#include <asm/unistd.h>\n${input}` });

  const macroNames = [...preprocess('', '-dM').matchAll(/^#define (__(?:ARM_)?NR_\w+) /gm)].map(([, macro]) => macro);
  const expanded = preprocess(macroNames.map(macro => `"${macro}" ${macro}\n`).join(''));
  return new Map([...expanded.matchAll(/^"__(?:ARM_)?NR_(\w+)" ([\d+x() A-Fa-f]+)$/gm)]
    .filter(([, name]) => !NOT_A_CALL.test(name))
    // The values are sums such as (4000 + 435).
    .map(([, name, sum]) => [name, sum.replace(/[()]/g, '').split('+').reduce((total, part) => total + Number(part), 0)]));
}

const abis = ABIS.filter(({ tool }) => wanted.length === 0 || wanted.includes(tool)).map(({ tool }) => tool);
const columns = abis.map(numbersOf);
const names = [...new Set(columns.flatMap(column => [...column.keys()]))].sort();
console.log(['name', ...abis].join('\t'));
for (const name of names) {
  console.log([name, ...columns.map(column => column.get(name) ?? '-')].join('\t'));
}
