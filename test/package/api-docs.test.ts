import { readFileSync } from 'fs';
import { Assembly, ClassType, EnumType, loadAssemblyFromPath, PrimitiveType, TypeKind } from '@jsii/spec';
import { apiOf, typeName } from '../../scripts/api-signatures';
import { generate } from '../../scripts/generate-api-docs';

const ASSEMBLY = loadAssemblyFromPath('.');
const TEXT = readFileSync('API.md', 'utf8');

/** The sections of the document, by their headings. */
const sections = (text: string): Map<string, string> => new Map(text.split(/^#{2,3} /m).slice(1).map(section => [section.slice(0, section.indexOf('\n')), section]));
const namesOf = (type: object): string[] => {
  const { members = [], properties = [], methods = [] } = type as EnumType & ClassType;
  return [...members, ...properties, ...methods].map(({ name }) => name);
};

/** What of an assembly the document does not tell, and what it tells that is not there. */
function gaps(assembly: Assembly, text: string): string[] {
  const found = sections(text);
  const anchors = [...found.keys()].map(heading => heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-'));
  return [
    ...apiOf(assembly).flatMap(type => {
      const section = found.get(typeName(type)) ?? '';
      const told = [...section.matchAll(/^- (?:static )?\*\*(\w+)\*\*/gm)].map(([, name]) => name);
      return [
        ...text.includes(`\n- [${typeName(type)}](#`) ? [] : [`${typeName(type)} is not in the index`],
        ...namesOf(type).filter(name => !told.includes(name)).map(name => `${typeName(type)}.${name} is missing`),
        ...told.filter(name => !namesOf(type).includes(name)).map(name => `${typeName(type)}.${name} is not its own`),
      ];
    }),
    ...[...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor).filter(anchor => !anchors.includes(anchor)).map(anchor => `#${anchor} leads nowhere`),
  ];
}

test('tells every type and its own members, and nothing that is inherited', () => {
  expect(gaps(ASSEMBLY, TEXT)).toStrictEqual([]);
  expect(sections(TEXT).get('SeccompSecuredPod')).toContain('Inherits from cdk8s-plus-28.Pod.');
  expect(sections(TEXT).get('SeccompSecuredPodProps')).toContain('Has also the properties of cdk8s-plus-28.PodProps.');
  expect(Buffer.byteLength(TEXT)).toBeLessThan(120_000);
});

test('would notice what is missing, inherited or misled', () => {
  const broken = TEXT.replace('- [SeccompMode](#seccompmode): ', '- SeccompMode: ')
    .replace('- static **UNCONFINED**', '- static **CONFINED**')
    .replace('### NodeGate\n', '### Gate\n');
  expect(gaps(ASSEMBLY, broken)).toStrictEqual(expect.arrayContaining([
    'SeccompMode is not in the index', 'SeccompMode.UNCONFINED is missing', 'SeccompMode.CONFINED is not its own', 'NodeGate.labelOf is missing', '#nodegate leads nowhere',
  ]));
});

const small = (room: string) => ({
  types: {
    'cdk8s-seccomp.lint.Box': {
      kind: TypeKind.Class,
      fqn: 'cdk8s-seccomp.lint.Box',
      name: 'Box',
      base: 'constructs.Construct',
      locationInModule: { filename: `src/${room}/box.ts`, line: 1 },
      docs: { summary: 'Holds things.', see: 'https://example.com/box' },
      initializer: { parameters: [{ name: 'id', type: { primitive: PrimitiveType.String }, docs: { summary: 'its name.' } }] },
      properties: [{
        name: 'labels',
        optional: true,
        type: { collection: { kind: 'map', elementtype: { fqn: 'cdk8s-seccomp.lint.Box' } } },
        docs: { summary: 'What is inside.', default: '- none', remarks: 'Never null:\n\n- by name' },
      }],
      methods: [{
        name: 'of',
        static: true,
        parameters: [{ name: 'sizes', variadic: true, type: { primitive: PrimitiveType.Number } }],
        docs: { summary: 'Makes one.', custom: { throws: 'if full' } },
      }],
    },
  },
}) as unknown as Assembly;

test('writes signatures, links, defaults and errors', () => {
  expect(sections(generate(small('lint'))['API.md']).get('lint.Box')).toMatchSnapshot();
});

test('fails on a type that is in no area', () => {
  expect(() => generate(small('attic'))).toThrow(new Error('no area for lint.Box: add their room to AREAS'));
});
