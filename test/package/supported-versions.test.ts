import { readFileSync } from 'fs';
import { NodeArchitecture, ContainerRuntime } from '../../src';
import { fleetOf } from '../../src/lint/fleet';

const PAGE = readFileSync('docs/supported-versions.md', 'utf8');
const { engines, peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** A row of a table: what, versions, how it is known. */
type Row = readonly [what: string, versions: string, known: string];

function rowsOf(page: string): Row[] {
  return [...page.matchAll(/^\| (?!what|---)([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map(([, ...cells]) => cells.map(cell => cell.trim()) as unknown as Row);
}

const found = (file: string, pattern: RegExp): string => {
  const text = pattern.exec(readFileSync(file, 'utf8'))?.[1];
  if (text === undefined) throw new Error(`${file} has no ${pattern}`);
  return text;
};
const versions = (name: string) => ContainerRuntime.shipped().filter(runtime => runtime.name === name).map(({ version }) => version).join(', ');
const oldest = (range: string) => range.replace(/^\^/, '');
const peer = (name: string): Row => [name, peerDependencies[name], `tested: ${oldest(peerDependencies[name])} in \`npm test\`, the newest in \`test/new-user\``];
/** The versions of a program that scripts/make-runtimes.sh builds. */
const built = (program: string) => [...new Set(
  [...readFileSync('test/node/runtimes/newer-runtimes.txt', 'utf8').matchAll(/^(\S+) (\S+) /gm)].filter(([, name]) => name === program).map(([, , version]) => version),
)].join(', ');
const quotedList = (text: string) => text.replace(/'|^\[|\]$/g, '');

/** What the rows have to say, from where it is decided. A text has to stand in its cell. */
const FACTS: readonly Row[] = [
  ['Node', `${engines.node.replace('>= ', '')} or later`, `tested: ${engines.node.replace('>= ', '')}, ${quotedList(found('test/new-user/versions.test.ts', /NODES = \[OLDEST_NODE, ([^\]]*)\]/))} (`],
  ['TypeScript', `${found('test/new-user/versions.test.ts', /COMPILERS = \['([\d.]+)'/)} or later`,
    `tested: ${quotedList(found('test/new-user/versions.test.ts', /COMPILERS = \[(.*), devDep/))}, ${devDependencies.typescript} (`],
  ['TypeScript', '', `${found('test/new-user/versions.test.ts', /TOO_OLD = '([\d.]+)'/)} cannot read constructs`],
  ...['cdk8s', 'cdk8s-plus-28', 'constructs'].map(peer),
  ['pods of cdk8s-plus-32, cdk8s-plus-33', `${devDependencies['cdk8s-plus-32']}, ${devDependencies['cdk8s-plus-33']}`, 'tested'],
  ['Kubernetes, rendered manifests', `${found('.ci/run', /validate-manifests\.py ([\d.]+),latest/)} or later`, `kubernetes-validate ${found('.ci/run', /kubernetes-validate==([\d.]+)\.\*/)} has`],
  ['Kubernetes, Pod Security', '', `pod-security-admission ${found('test/node/pod-security/go.mod', /k8s\.io\/pod-security-admission v([\d.]+)/)} `],
  ['Kubernetes, `SeccompAdmissionPolicy`', '',
    `${found('test/node/admission/oldest.mod', /k8s\.io\/kubernetes v([\d.]+)/)} and ${found('test/node/admission/go.mod', /k8s\.io\/kubernetes v([\d.]+)/)} `],
  ['Kubernetes, a running cluster', found('scripts/make-cluster.sh', /KUBERNETES:-v([\d.]+)/), '`npm run test:cluster`'],
  ['Security Profiles Operator', `${found('src/profile/document/operator-version.ts', /isAtLeast\(version, '([\d.]+)'\)\) \{/)} or later`,
    [...readFileSync('test/node/operator/crd.ts', 'utf8').matchAll(/^ {2}'([\d.]+)': 'h1:/gm)].map(([, version]) => version).join(', ').replace(/, (?=[^,]*$)/, ' and ')],
  ['runc', versions('runc'), 'tested'],
  ['runc, newer', built('runc'), 'tested'],
  ['containerd', built('containerd'), `runs runc ${built('runc').split(', ').at(-1)}: `],
  ['crun', versions('crun'), 'tested'],
  ['kernel, others from 3.0', '', `lint takes ${fleetOf({}).kernel} for the oldest`],
];

/** What a page says that is not so. */
function complaints(page: string, facts = FACTS): string[] {
  const rows = rowsOf(page);
  const untrue = facts.filter(([what, ...cells]) => !rows.some(row => row[0] === what && cells.every((cell, at) => row[at + 1].includes(cell))));
  const vague = rows.filter(([, , known]) => !/^(tested|computed|not tried)\b/.test(known));
  const dup = rows.filter(([what], at) => rows.findIndex(row => row[0] === what) !== at);
  return [...untrue.map(row => `not so: ${row.join(' | ')}`), ...vague.map(([what]) => `not known how: ${what}`), ...dup.map(([what]) => `twice: ${what}`)];
}

test('says of every version what is set where it is decided, and how each is known', () => {
  expect(rowsOf(PAGE).length).toBeGreaterThan(20);
  expect(complaints(PAGE)).toStrictEqual([]);
});

test('names every node architecture once', () => {
  const named = rowsOf(PAGE).flatMap(([what]) => what.split(', ')).filter(name => NodeArchitecture.all().some(({ label }) => label === name));
  expect(named.sort()).toStrictEqual(NodeArchitecture.all().map(({ label }) => label).sort());
});

test.each(FACTS.map(row => [row[0], row] as const))('would notice another figure for %s', (what, row) => {
  const lines = PAGE.split('\n').map(line => line.startsWith(`| ${what} |`) ? line.replace(/\d+/g, '0') : line);
  expect(complaints(lines.join('\n'), [row])).toStrictEqual(row.slice(1).some(cell => /\d/.test(cell)) ? [`not so: ${row.join(' | ')}`] : []);
});

test('would notice a row that does not say how, and one that stands twice', () => {
  expect(complaints(`${PAGE}| runc | 9 | it works |\n`)).toStrictEqual(['not known how: runc', 'twice: runc']);
  expect(complaints(PAGE.replace(/^\| crun .*\n/m, ''))).toStrictEqual([`not so: crun | ${versions('crun')} | tested`]);
});
