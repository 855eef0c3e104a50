import { NARROW_ARGUMENTS } from './narrow-arguments.generated';

// Parsed on first use: most of the library's users never ask for an argument.
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
 * Whether the kernel takes an argument as an integer of 32 bits or fewer where the register has 64: it does not see the upper half, and a
 * filter does. A rule that compares all 64 bits of such an argument is got round, or not met, with a bit in the upper half.
 *
 * That is said of ABIs with 64-bit pointers, and is false for calls that none of them has: elsewhere libseccomp compares 32 bits. It is
 * also false where the kernel reads the whole register for some values only (`mmap` flags), or refuses a bit in the upper half
 * (`unshare`). An argument may be narrower still: of a file mode (`umode_t`) the kernel takes 16 bits.
 *
 * The flags of `clone` are argument 0, on S390X argument 1.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/include/linux/syscalls.h
 */
export function isNarrow(name: string, index: number): boolean {
  return table().get(name)?.includes(index) ?? false;
}
