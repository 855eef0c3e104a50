import { ABIS } from './abis';
import { NUMBERS } from './numbers.generated';

// Parsed on first use: most programs never need it.
let rows: Map<string, string[]> | undefined;
const reverse = new Map<string, Map<number, string>>();

function table(): Map<string, string[]> {
  rows ??= new Map(NUMBERS.trim().split('\n').map(line => {
    const [name, ...numbers] = line.split(',');
    return [name, numbers];
  }));
  return rows;
}

const COLUMNS: ReadonlyMap<string, number> = new Map(ABIS.map(({ name }, column) => [name, column]));
const columnOf = (abi: string) => COLUMNS.get(abi) ?? -1;

function numberIn(numbers: readonly string[] | undefined, column: number): number | undefined {
  const number = numbers?.[column];
  return number ? ABIS[column].base + Number(number) : undefined;
}

/**
 * Returns every name that libseccomp 2.6.1 knows on some ABI, in alphabetical order.
 *
 * @see https://github.com/seccomp/libseccomp/blob/v2.6.1/include/seccomp-syscalls.h
 */
export function allNames(): string[] {
  return [...table().keys()];
}

let positions: Map<string, number> | undefined;

/** Returns the index of a name in `allNames`; undefined if it is not there. */
export function positionOf(name: string): number | undefined {
  positions ??= new Map(allNames().map((each, position) => [each, position]));
  return positions.get(name);
}

/**
 * True if libseccomp 2.6.1 knows a name. A runtime silently ignores names that its libseccomp does not know.
 */
export function isKnown(name: string): boolean {
  return table().has(name);
}

/**
 * Returns the number of a system call on an ABI (`SCMP_ARCH_…`), with the base of MIPS and X32; undefined if the ABI has no such call.
 *
 * For a name that libseccomp also multiplexes, it is the number of the direct call.
 */
export function numberOf(abi: string, name: string): number | undefined {
  return numberIn(table().get(name), columnOf(abi));
}

/**
 * Returns the name of the system call with a number on an ABI.
 */
export function nameOf(abi: string, number: number): string | undefined {
  const column = columnOf(abi);
  if (column < 0) {
    return undefined;
  }
  if (!reverse.has(abi)) {
    const names = new Map<number, string>();
    table().forEach((numbers, name) => {
      const own = numberIn(numbers, column);
      if (own !== undefined) {
        names.set(own, name);
      }
    });
    reverse.set(abi, names);
  }
  return reverse.get(abi)!.get(number);
}

/**
 * Returns every number of a system call on an ABI, in ascending order.
 */
export function numbersOf(abi: string): number[] {
  const column = columnOf(abi);
  return [...table().values()].map(numbers => numberIn(numbers, column)).filter(number => number !== undefined).sort((one, other) => one - other);
}
