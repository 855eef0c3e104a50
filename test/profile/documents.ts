import * as fc from 'fast-check';
import { ACTIONS, FLAGS, OPERATORS } from '../../src/profile/document/document';
import { ABIS } from '../../src/syscalls/abis';

const subset = (values: readonly string[]) => fc.array(fc.constantFrom(...values), { maxLength: 4 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const value = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
/** Documents that `fromJson` reads. */
export const documents = fc.record({
  defaultAction: fc.constantFrom(...ACTIONS),
  defaultErrnoRet: maybe(fc.integer({ min: 0, max: 4294967295 })),
  architectures: maybe(subset(ABIS.map(abi => abi.name))),
  flags: maybe(subset(FLAGS)),
  listenerPath: maybe(fc.string()),
  listenerMetadata: maybe(fc.string()),
  syscalls: maybe(fc.array(fc.record({
    names: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
    action: fc.constantFrom(...ACTIONS),
    errnoRet: maybe(fc.integer({ min: 0, max: 4294967295 })),
    args: maybe(fc.array(fc.record({
      index: fc.integer({ min: 0, max: 5 }), value, valueTwo: maybe(value), op: fc.constantFrom(...OPERATORS),
    }), { maxLength: 3 })),
  }), { maxLength: 3 })),
});
