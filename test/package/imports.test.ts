import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { preProcessFile } from 'typescript';

/** Which rooms a room may import from, besides itself. What nobody below lists is an arrow in the wrong direction. */
const ARROWS: Record<string, string[]> = {
  'private': [],
  'syscalls': ['private'],
  'profile': ['private', 'syscalls'],
  'lint': ['private', 'syscalls', 'profile'],
  'workloads': ['private', 'profile'],
  'distribution': ['private', 'profile', 'lint', 'workloads'],
  'manifests': ['private', 'profile', 'lint'],
  'troubleshooting': ['private', 'syscalls', 'profile', 'workloads'],
  'policy': ['private', 'profile', 'lint', 'workloads', 'manifests', 'troubleshooting'],
  'cli': ['private', 'syscalls', 'profile', 'lint', 'manifests', 'troubleshooting'],
  'index.ts': ['profile', 'lint', 'workloads', 'distribution', 'manifests', 'troubleshooting', 'policy'],
};
/** Rooms that must load without cdk8s: a command starts fast. */
const WITHOUT_CDK8S = ['private', 'syscalls', 'profile', 'lint', 'manifests', 'cli'];

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsBelow(root: string): Import[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  return files.flatMap(name => preProcessFile(readFileSync(join(root, name), 'utf8')).importedFiles.map(({ fileName }) => ({
    file: name,
    target: fileName.startsWith('.') ? relative(root, join(root, dirname(name), fileName)) : fileName,
  })));
}

const roomOf = (path: string) => path.split('/')[0];
const isOwn = ({ target }: Import, rooms: string[]) => rooms.includes(roomOf(target)) || target === 'index';

function violations(imports: Import[]): string[] {
  const rooms = Object.keys(ARROWS);
  return imports.flatMap(entry => {
    const from = roomOf(entry.file);
    const arrow = `${entry.file} -> ${entry.target}`;
    if (!isOwn(entry, rooms)) return /^(cdk8s|constructs)/.test(entry.target) && WITHOUT_CDK8S.includes(from) ? [`${arrow}: loads cdk8s`] : [];
    const isNamespace = from === 'index.ts' && entry.target === 'lint';
    if (!isNamespace && (/(^|\/)index$/.test(entry.target) || rooms.includes(entry.target))) return [`${arrow}: imports an index`];
    const to = roomOf(entry.target);
    return to === from || ARROWS[from]?.includes(to) ? [] : [`${arrow}: wrong direction`];
  });
}

function cycles(imports: Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of imports) {
    const key = file.replace(/\.ts$/, '');
    targets.set(key, [...targets.get(key) ?? [], target]);
  }
  const visit = (node: string, path: string[]): string[] => path.includes(node)
    ? [[...path.slice(path.indexOf(node)), node].join(' -> ')]
    : (targets.get(node) ?? []).flatMap(next => visit(next, [...path, node]));
  return [...new Set([...targets.keys()].flatMap(node => visit(node, [])))];
}

test('knows every room', () => {
  expect(readdirSync('src').sort()).toStrictEqual(Object.keys(ARROWS).sort());
});

test('imports one way, never an index, never in a circle', () => {
  const imports = importsBelow('src');
  expect(imports.length).toBeGreaterThan(20);
  expect(violations(imports)).toStrictEqual([]);
  expect(cycles(imports)).toStrictEqual([]);
});

test('would notice every kind of violation', () => {
  expect(violations([
    { file: 'profile/a.ts', target: 'workloads/b' },
    { file: 'profile/a.ts', target: 'cdk8s' },
    { file: 'workloads/a.ts', target: 'index' },
    { file: 'workloads/a.ts', target: 'profile' },
    { file: 'workloads/a.ts', target: 'cdk8s-plus-28' },
    { file: 'workloads/a.ts', target: 'profile/b' },
  ])).toStrictEqual([
    'profile/a.ts -> workloads/b: wrong direction',
    'profile/a.ts -> cdk8s: loads cdk8s',
    'workloads/a.ts -> index: imports an index',
    'workloads/a.ts -> profile: imports an index',
  ]);
  expect(cycles([{ file: 'a/x.ts', target: 'a/y' }, { file: 'a/y.ts', target: 'a/x' }])).toContain('a/x -> a/y -> a/x');
});
