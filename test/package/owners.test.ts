import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** A question, and what the code that answers it looks like: in more places than these it would have more than one owner. */
interface Owner {
  readonly question: string;
  readonly pattern: RegExp;
  /** The files that may have it. */
  readonly where: readonly string[];
  /** How many lines of them may have it. */
  readonly atMost: number;
}

const OWNERS: readonly Owner[] = [
  { question: 'when conditions are alternatives', pattern: /new Set\(args\.map\(.*index/, where: ['profile/filter/rules-for.ts'], atMost: 1 },
  { question: 'which call stopped a thread', pattern: /reason\.includes/, where: [], atMost: 0 },
  { question: 'what is known of an ABI', pattern: /ABIS\.find\(/, where: [], atMost: 0 },
  { question: 'what an ABI is called for short', pattern: /replace\('SCMP_ARCH_'/, where: ['syscalls/abis.ts'], atMost: 1 },
  { question: 'where clone has its flags', pattern: /'SCMP_ARCH_S390X' (?:\?|&&)/, where: [], atMost: 0 },
  {
    question: 'which version is newer',
    pattern: /function (?:compareVersions|isAtLeast|compareReleases|compareKernels)\b/,
    where: ['private/version.ts'],
    atMost: 2,
  },
  { question: 'which number ENOSYS is', pattern: /\b(?:ENOSYS|\w*[eE]rrno) ={1,3} 38\b/, where: ['syscalls/errnos.ts'], atMost: 1 },
  { question: 'where glibc starts to use clone3 on loong64', pattern: /'2\.36'/, where: ['profile/filter/libc.ts'], atMost: 1 },
  { question: 'on which nodes an ABI runs', pattern: /kind\.abis\.(?:indexOf|includes)\(/, where: ['profile/document/node-architecture.ts'], atMost: 1 },
  {
    question: 'how the seccomp annotations of pods are called',
    pattern: /= '(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io/,
    where: ['private/seccomp-annotations.ts'],
    atMost: 2,
  },
  {
    question: 'what YAML documents are',
    pattern: /parseAllDocuments\(/,
    where: ['profile/document/operator-resource.ts'],
    atMost: 1,
  },
  {
    question: 'which path of a Localhost profile the API server refuses',
    pattern: /includes\('\.\.'\)/,
    where: ['private/localhost-path.ts'],
    atMost: 1,
  },
];

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  .map(name => ({ name, lines: readFileSync(join('src', name), 'utf8').split('\n') }));

function answersIn(sources: typeof SOURCES, pattern: RegExp): string[] {
  return sources.flatMap(({ name, lines }) => lines.filter(line => pattern.test(line)).map(() => name));
}

test.each(OWNERS.map(owner => [owner.question, owner] as const))('has one owner for the question %s', (_, { pattern, where, atMost }) => {
  const found = answersIn(SOURCES, pattern);
  expect(found.filter(name => !where.includes(name))).toStrictEqual([]);
  // A limit above what there is would let another one in, and a pattern that finds nothing would notice none.
  expect(found.length).toBe(atMost);
});

test('would notice another owner', () => {
  const lines = [
    'new Set(args.map(({ index }) => index))', 'reason.includes(x)', 'ABIS.find(x)', "replace('SCMP_ARCH_', '')", "abi === 'SCMP_ARCH_S390X' && x",
    'function compareReleases(', 'errno === 38', "['2.36']", 'kind.abis.includes(abi)', "POD = 'seccomp.security.alpha.kubernetes.io/pod'", 'parseAllDocuments(text)',
    "path.split('/').includes('..')",
  ];
  expect(OWNERS.map(({ pattern }, at) => answersIn([{ name: 'a.ts', lines: [lines[at]] }], pattern))).toStrictEqual(OWNERS.map(() => ['a.ts']));
});
