import * as fc from 'fast-check';
import { SeccompProfile } from '../../src';

/** Names that matter to each other: plain ones, multiplexed ones with their multiplexers, and one that is new. */
export const NAMES = ['clone', 'clone3', 'mount', 'ptrace', 'socket', 'bind', 'semget', 'socketcall', 'ipc', 'openat2', 'clock_settime64'];

const ACTIONS = ['SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO', 'SCMP_ACT_LOG', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP'];
export const VALUES = [0n, 1n, 2n, 3n, 0x10n, 0x20000n, 0x10000000n, 0x30000000n, 2n ** 32n + 1n, 2n ** 64n - 1n];

const value = fc.constantFrom(...VALUES);
const equality = fc.record({ index: fc.integer({ min: 0, max: 2 }), op: fc.constantFrom('SCMP_CMP_EQ', 'SCMP_CMP_MASKED_EQ'), value, valueTwo: value });
const flag = fc.record({ index: fc.constant(0), bit: fc.integer({ min: 0, max: 40 }) })
  .map(({ index, bit }) => ({ index, op: 'SCMP_CMP_MASKED_EQ', value: 2n ** BigInt(bit), valueTwo: 2n ** BigInt(bit) }));
const comparison = fc.record({
  index: fc.integer({ min: 0, max: 2 }), op: fc.constantFrom('SCMP_CMP_NE', 'SCMP_CMP_LT', 'SCMP_CMP_LE', 'SCMP_CMP_GE', 'SCMP_CMP_GT'), value, valueTwo: value,
});
const args = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(flag, { minLength: 1, maxLength: 1 }) },
  { weight: 3, arbitrary: fc.array(equality, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.array(comparison, { minLength: 1, maxLength: 2 }) },
);
const rule = fc.record({ names: fc.subarray(NAMES, { minLength: 1, maxLength: 3 }), action: fc.constantFrom(...ACTIONS), args });

/** Profiles of an x86_64 node, dependable and not. */
export const profiles = fc.record({
  defaultAction: fc.constantFrom(...ACTIONS),
  architectures: fc.option(fc.subarray(['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32']), { nil: undefined }),
  syscalls: fc.array(rule, { maxLength: 5 }),
}).map(document => SeccompProfile.fromJson(document));
