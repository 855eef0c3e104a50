import { mutated } from './mutations';
import { Libc, ProfileLinter, ContainerRuntime } from '../../src';
import { RULES } from '../../src/lint/rules';
import { InputError } from '../../src/private/errors';
import { runs } from '../property-runs';

const DOCUMENTS = runs(2000);
/** Few, so that it does not take long. */
const TARGETS = { runtimes: [ContainerRuntime.runc('1.1.5', { libseccomp: '2.5.5' }), ContainerRuntime.crun('1.21')], libcs: [Libc.glibc('2.39')] };

/** Undefined if it is not JSON. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

test(`meets ${DOCUMENTS} mutated documents with nothing but findings or an error of its own`, () => {
  const linter = new ProfileLinter({ targets: TARGETS });
  const found = new Set<string>();
  let read = 0;
  for (let seed = 0; seed < DOCUMENTS; seed++) {
    const text = mutated(seed);
    try {
      const findings = readable(() => linter.lintText(text)) ?? [];
      if (findings.length > 0) read++;
      findings.forEach(({ rule }) => found.add(rule));
    } catch (error) {
      throw new Error(`document ${seed} ${JSON.stringify(text)}: ${(error as Error).stack}`);
    }
  }
  // Otherwise only the JSON reader would have been tried.
  expect(read).toBeGreaterThan(DOCUMENTS / 3);
  expect(RULES.map(({ id }) => id).filter(id => !found.has(id))).toStrictEqual([]);
}, 120_000);
