import { Assembly, loadAssemblyFromPath, PrimitiveType, TypeKind } from '@jsii/spec';
import { apart, clashing, reserved, undocumented, unions, untyped, withoutDefault, writable } from './api-checks';
import { signatures } from '../../scripts/api-signatures';

/** What `npm run compile` made of src. */
const ASSEMBLY = loadAssemblyFromPath('.');

/** Values without a type of their own, and why they cannot have one. */
const UNTYPED: Record<string, string> = {
  'PodSecurity.check(pod)': 'a Pod of any Kubernetes version, as JSON or YAML gives it',
  'SeccompProfile.fromDockerFormat(value)': 'a parsed document, or its text',
  'SeccompProfile.fromJson(value)': 'a parsed document, or its text',
  'SeccompProfile.fromOperatorResource(value)': 'a parsed document, or its text',
  'SeccompValidation.new(props)': 'cdk8s-cli makes it, with `properties` as they stand in cdk8s.yaml',
  'SeccompValidation.validate(context)': 'the ValidationContext of cdk8s-cli, which is not a jsii package',
  'SyscallQuery.args': 'a number, or text where a number would be rounded, or undefined where an argument is not known',
};

test('has docs for every type, member and parameter', () => {
  expect(undocumented(ASSEMBLY)).toStrictEqual([]);
});

test('says what happens without an optional property', () => {
  expect(withoutDefault(ASSEMBLY)).toStrictEqual([]);
});

test('has nothing that can be written to', () => {
  expect(writable(ASSEMBLY)).toStrictEqual([]);
});

test('has no union, and no value without a type but where nothing else fits', () => {
  expect(unions(ASSEMBLY)).toStrictEqual([]);
  expect(untyped(ASSEMBLY).sort()).toStrictEqual(Object.keys(UNTYPED));
});

test('has no namespace, for Go', () => {
  expect(apart(ASSEMBLY)).toStrictEqual([]);
});

test('has names that every language of jsii can take', () => {
  expect(reserved(ASSEMBLY)).toStrictEqual([]);
  expect(clashing(ASSEMBLY)).toStrictEqual([]);
});

test('is what was reviewed', () => {
  expect(`\n${signatures(ASSEMBLY).join('\n')}\n`).toMatchSnapshot();
});

const DOCS = { summary: 'Says what it is for.' };
const NUMBER = { primitive: PrimitiveType.Number };

type Change = Partial<Record<'struct' | 'method' | 'parameter' | 'members', object>>;

/** An assembly with one struct and one class, and what a case adds to them. */
function assembly({ struct = {}, method = {}, parameter = {}, members = {} }: Change): Assembly {
  const of = (name: string, kind: TypeKind, rest: object) => ({ [`x.${name}`]: { assembly: 'x', fqn: `x.${name}`, name, kind, docs: DOCS, ...rest } });
  const property = { name: 'size', docs: { ...DOCS, default: '1' }, optional: true, immutable: true, type: NUMBER, ...struct };
  const call = { name: 'grow', docs: DOCS, parameters: [{ name: 'amount', docs: DOCS, type: NUMBER, ...parameter }], ...method };
  return {
    types: {
      ...of('Options', TypeKind.Interface, { datatype: true, properties: [property] }),
      ...of('Base', TypeKind.Class, { properties: [{ name: 'width', docs: DOCS, immutable: true, type: NUMBER }] }),
      ...of('Box', TypeKind.Class, { base: 'x.Base', methods: [call], ...members }),
      ...of('Kind', TypeKind.Enum, { members: [{ name: 'OPEN', docs: DOCS }] }),
    },
  } as unknown as Assembly;
}

const CHECKS = { apart, undocumented, withoutDefault, writable, unions, untyped, reserved, clashing };
const getter = (name: string, more: object = {}) => ({ name, docs: DOCS, immutable: true, type: NUMBER, ...more });
const arrayOf = (elementtype: object) => ({ collection: { kind: 'array', elementtype } });

test.each<[string, Change, Partial<Record<keyof typeof CHECKS, string[]>>]>([
  ['nothing wrong', {}, {}],
  ['a property without docs', { struct: { docs: { default: '1' } } }, { undocumented: ['Options.size'] }],
  ['a method without docs', { method: { docs: undefined } }, { undocumented: ['Box.grow'] }],
  ['a parameter that is only named', { parameter: { docs: { summary: 'the amount' } } }, { undocumented: ['Box.grow(amount)'] }],
  ['a parameter of a constructor without docs', { members: { initializer: { parameters: [{ name: 'scope', type: NUMBER }] } } }, { undocumented: ['Box.new(scope)'] }],
  ['an optional property without a default', { struct: { docs: DOCS } }, { withoutDefault: ['Options.size'] }],
  ['a mutable property', { struct: { immutable: undefined } }, { writable: ['Options.size'] }],
  ['a list of unions', { struct: { type: arrayOf({ union: { types: [NUMBER, { primitive: PrimitiveType.String }] } }) } }, { unions: ['Options.size'] }],
  ['any as a result', { method: { returns: { type: { primitive: PrimitiveType.Any } } } }, { untyped: ['Box.grow'] }],
  ['a list of JSON as a parameter', { parameter: { type: arrayOf({ primitive: PrimitiveType.Json }) } }, { untyped: ['Box.grow(amount)'] }],
  ['a class in a namespace', { members: { namespace: 'inner' } }, { apart: ['Box'] }],
  ['a reserved word of Java', { method: { name: 'switch' } }, { reserved: ['Box.switch: Java'] }],
  ['a reserved word of Python', { parameter: { name: 'lambda' } }, { reserved: ['Box.grow(lambda): Python'] }],
  ['a static and another member of one name', { members: { properties: [getter('grow', { static: true })] } }, { clashing: ['Box.Grow: C#, Go', 'Box.grow: Python'] }],
  ['two names that Go and C# make one', { members: { properties: [getter('Grow')] } }, { clashing: ['Box.Grow: C#, Go', 'Box.grow: Python'] }],
  ['two names that Python makes one', { members: { properties: [getter('wideBox'), getter('wide_box')] } }, { clashing: ['Box.wide_box: Python'] }],
  ['a getter beside a property that it inherits', { method: { name: 'getWidth' } }, { clashing: ['Box.getWidth: Java'] }],
  ['a member named like its class', { method: { name: 'box' } }, { clashing: ['Box.box: C#'] }],
])('would notice %s', (_, change, expected) => {
  const found = Object.entries(CHECKS).map(([name, check]) => [name, check(assembly(change))]).filter(([, list]) => list.length > 0);
  expect(Object.fromEntries(found)).toStrictEqual(expected);
});

test('would notice docs that go missing from a type or a member of an enum', () => {
  const broken = assembly({});
  const { 'x.Kind': kind, 'x.Box': box } = broken.types!;
  Object.assign(kind, { members: [{ name: 'OPEN' }] });
  Object.assign(box, { docs: { summary: 'Box.' } });
  expect(undocumented(broken)).toStrictEqual(['Box', 'Kind.OPEN']);
});
