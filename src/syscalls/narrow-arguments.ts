import { NARROW_ARGUMENTS } from './narrow-arguments.generated';

// Parsed on first use: most programs never need it.
let indexesByName: Map<string, number[]> | undefined;

function table(): Map<string, number[]> {
  indexesByName ??= new Map(NARROW_ARGUMENTS.trim().split('\n').flatMap(line => {
    const [digits, ...names] = line.split(' ');
    const indexes = [...digits].map(Number);
    return names.map((name): [string, number[]] => [name, indexes]);
  }));
  return indexesByName;
}

/**
 * True if the kernel takes an argument as an integer of 32 bits or fewer in a register of 64: the kernel ignores the upper half, but a filter
 * compares it. A bit in the upper half bypasses a rule that compares all 64 bits, or keeps the rule from matching.
 *
 * It holds for ABIs with 64-bit pointers, and is false for calls that none of them has: on others libseccomp compares 32 bits. It is also
 * false if the kernel reads the whole register for some values (`mmap` flags), or refuses a bit in the upper half (`unshare`). An argument may
 * be narrower: the kernel takes 16 bits of a file mode (`umode_t`).
 *
 * The flags of `clone` are argument 0, or argument 1 on S390X.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/include/linux/syscalls.h
 */
export function isNarrow(name: string, index: number): boolean {
  return table().get(name)?.includes(index) ?? false;
}
