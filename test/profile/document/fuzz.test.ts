import { SeccompArchitecture, Libc, NodeArchitecture, SeccompProfile } from '../../../src';
import { InputError } from '../../../src/private/errors';
import { runs } from '../../property-runs';
import { random } from '../../seeded-random';

const DOCUMENTS = runs(20_000);

const SEEDS = [
  '{"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_X86"],"syscalls":[{"names":["clone"],"action":"SCMP_ACT_ERRNO","errnoRet":1,"args":[{"index":0,"value":268435456,"valueTwo":268435456,"op":"SCMP_CMP_MASKED_EQ"}]}]}',
  '{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"flags":["SECCOMP_FILTER_FLAG_LOG"],"listenerPath":"/run/a","syscalls":[{"names":["read","socket"],"action":"SCMP_ACT_ALLOW"},{"names":["clone3"],"action":"SCMP_ACT_NOTIFY"}]}',
  '{"defaultAction":"SCMP_ACT_LOG","syscalls":[{"names":["personality"],"action":"SCMP_ACT_TRACE","errnoRet":4094,"args":[{"index":5,"value":18446744073709551615,"op":"SCMP_CMP_GE"},{"index":5,"value":0,"op":"SCMP_CMP_LE"}]}]}',
];
const TOKENS = [
  '{', '}', '[', ']', ',', ':', '"', '\\', '\\u0000', '\u0000', '\ud800', 'null', 'true', '-1', '1e9', '0.5', '99999999999999999999', '"__proto__"', '"constructor"',
  '"names"', '"args"', '"SCMP_ACT_KILL"', '"SCMP_ARCH_S390X"', '"SCMP_CMP_NE"', '"write"', '65535', '""', ' ', '\n', '//',
];

function mutated(seed: number): string {
  const pick = random(seed);
  let text = SEEDS[pick(SEEDS.length)];
  if (pick(2) === 0) return withOtherLiteral(text, pick);
  for (let edits = 1 + pick(4); edits > 0; edits--) {
    const at = pick(text.length + 1);
    const to = Math.min(text.length, at + pick(12));
    const insert = [TOKENS[pick(TOKENS.length)], '', text.slice(pick(text.length), pick(text.length)), String.fromCharCode(pick(256))][pick(4)];
    text = text.slice(0, at) + insert + text.slice(to);
  }
  return text;
}

/** Well-formed, and often a profile still. */
function withOtherLiteral(text: string, pick: (below: number) => number): string {
  const literals = [...text.matchAll(/"[^"]*"|\d+/g)];
  const { index, 0: literal } = literals[pick(literals.length)];
  const others = literal.startsWith('"') ? literals.map(([other]) => other).filter(other => other.startsWith('"')) : ['0', '1', '4095', '65574', '4294967296', '18446744073709551615'];
  return text.slice(0, index) + [...others, ...TOKENS][pick(others.length + 3)] + text.slice(index + literal.length);
}

/** Everything a profile can be asked without another one. */
function use(profile: SeccompProfile): void {
  SeccompProfile.fromJson(profile.toJson());
  profile.decide({ syscall: 'clone', architecture: SeccompArchitecture.X86_64, args: ['0x10000000'] });
  profile.threads({ libc: Libc.glibc('2.36'), architecture: SeccompArchitecture.AARCH64 });
  profile.forNode(NodeArchitecture.S390X);
}

test(`meets ${DOCUMENTS} mutated documents with nothing but an answer or an error of its own`, () => {
  let read = 0;
  for (let seed = 0; seed < DOCUMENTS; seed++) {
    const text = mutated(seed);
    try {
      const profile = SeccompProfile.fromJson(text);
      read++;
      use(profile);
      if (read % 20 === 0) profile.union(profile);
    } catch (error) {
      if (!(error instanceof InputError)) throw new Error(`document ${seed} ${JSON.stringify(text)}: ${(error as Error).stack}`);
    }
  }
  // Otherwise only the JSON reader would have been tried.
  expect(read).toBeGreaterThan(DOCUMENTS / 20);
});
