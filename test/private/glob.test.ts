import { ManifestSet } from '../../src/manifests/set';
import { AllowedProfile } from '../../src/policy/admission/allowed-profile';
import { isOneOf } from '../../src/policy/admission/cel';

type Door = (glob: string) => (path: string) => boolean;

/** `check --assume-profile`. */
const assumed: Door = glob => {
  const set = new ManifestSet({ assumedProfiles: [glob] });
  return path => set.isAssumed(path);
};

/** A policy's expression, of which RE2 reads the regular expressions as JavaScript does (test/node/admission.test.ts asks Kubernetes' own code). */
const allowed: Door = glob => {
  const expression = isOneOf([AllowedProfile.localhostPath(glob)._accepted]);
  const [named] = [...expression.matchAll(/p\.profile in (\[.*?\])(?= \|\||$)/g)].map(([, list]) => JSON.parse(list) as string[]);
  const patterns = [...expression.matchAll(/(!?)p\.profile\.matches\(("(?:[^"\\]|\\.)*")\)/g)]
    .map(([, not, text]) => ({ isWanted: not === '', pattern: new RegExp(JSON.parse(text) as string, 'u') }));
  return path => {
    const profile = `Localhost ${path}`;
    const isMatched = patterns.length > 0 && patterns.every(({ isWanted, pattern }) => pattern.test(profile) === isWanted);
    return (named?.includes(profile) ?? false) || isMatched;
  };
};

const DOORS: Record<string, Door> = { 'check --assume-profile': assumed, 'AllowedProfile.localhostPath': allowed };

/** One language: what is said of a glob has to hold at every door. */
const TABLE: readonly (readonly [glob: string, matching: readonly string[], others: readonly string[]])[] = [
  ['profiles/app.json', ['profiles/app.json'], ['profiles/appxjson', 'profiles/app.json/', 'x/profiles/app.json', 'profiles//app.json']],
  ['*.json', ['app.json', '.json'], ['profiles/app.json', 'app.jsonx']],
  ['profiles/*.json', ['profiles/app.json', 'profiles/.json', 'profiles/ä\n.json'], ['profiles/a/b.json', 'profiles/app.yaml', 'Profiles/app.json']],
  ['ap?.json', ['app.json', 'ap1.json', 'apä.json', 'ap😀.json'], ['ap.json', 'appp.json', 'ap/.json']],
  ['*/a*b*c.json', ['x/abc.json', 'y/aXbbYc.json'], ['/abc.json', 'x/acb.json', 'abc.json']],
  ['**/app.json', ['app.json', 'profiles/app.json', 'c/b/app.json'], ['/app.json', 'b//app.json', 'xapp.json', './app.json', 'a/../app.json']],
  ['a/**/b.json', ['a/b.json', 'a/x/b.json', 'a/x/y/b.json'], ['ab.json', 'a/xb.json', 'a//b.json', 'a/./b.json']],
  ['a/**', ['a/b.json', 'a/b/c.json'], ['a', 'a/', 'a//b.json', 'b/a/c.json', 'a/../b.json']],
  ['**', ['a.json', 'a/b.json'], ['', 'a/', '/a.json', '.', '..']],
  ['**/*-v?.json', ['app-v1.json', 'x/app-v2.json'], ['app-v10.json', 'x/app.json']],
  ['a.b+(c)|d^$*.json', ['a.b+(c)|d^$.json', 'a.b+(c)|d^$x.json'], ['axb+(c)|d^$.json', 'a.bb(c).json', 'd^$.json']],
];

const failures = (door: Door, table = TABLE) => table.flatMap(([glob, matching, others]) => {
  const matches = door(glob);
  return [...matching.filter(path => !matches(path)), ...others.filter(matches)].map(path => `${glob} and ${path}`);
});

describe.each(Object.keys(DOORS))('%s', name => {
  const door = DOORS[name];

  test('matches what the table says, and nothing else', () => expect(failures(door)).toStrictEqual([]));

  test.each([
    ['profiles/a**.json', 'has ** in a longer segment'],
    ['***/app.json', 'has ** in a longer segment'],
    ['profiles/*/[ab].json', 'has a wildcard that is not supported'],
    ['profiles/{a,b}*.json', 'has a wildcard that is not supported'],
    ['profiles/\\*.json', 'has a wildcard that is not supported'],
  ])('refuses %s', (glob, fault) => {
    expect(() => door(glob)).toThrow(`profile path ${JSON.stringify(glob)} ${fault}, expected * and ? within a segment, or ** as a whole segment`);
  });

  test.each(['/profiles/*.json', 'profiles//*.json', './*.json', '../*.json'])('refuses %s, which no path can match', glob => {
    expect(() => door(glob)).toThrow(/^(localhost|assumed) profile path ".*" .*, expected a path below the kubelet's seccomp directory such as "profiles\//);
  });
});

test('would notice a door with another language', () => {
  const shell: Door = glob => path => new RegExp(`^${glob.replace(/[.+()|^$]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.')}$`).test(path);
  expect(failures(shell)).toEqual(expect.arrayContaining(['profiles/*.json and profiles/a/b.json', '**/app.json and app.json']));
  expect(failures(assumed, [['ap?.json', ['app.yaml'], ['app.json']]])).toStrictEqual(['ap?.json and app.yaml', 'ap?.json and app.json']);
});
