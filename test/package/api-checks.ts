import {
  Assembly, ClassType, Docs, InterfaceType, isClassType, isCollectionTypeReference, isEnumType, isInterfaceType, isPrimitiveTypeReference,
  isUnionTypeReference, PrimitiveType, Type, TypeReference,
} from '@jsii/spec';
import { apiOf, heritage, typeName } from '../../scripts/api-signatures';

/** Something with a name in the public API. A parameter is called `Type.method(parameter)`. */
interface Part {
  readonly path: string;
  readonly name: string;
  readonly kind: 'type' | 'property' | 'method' | 'parameter' | 'enum member';
  readonly docs?: Docs;
  readonly type?: TypeReference;
  readonly static?: boolean;
}

function partsOf(type: Type): Part[] {
  const at = typeName(type);
  const self: Part = { path: at, name: type.name, kind: 'type', docs: type.docs };
  if (isEnumType(type)) return [self, ...type.members.map(({ name, docs }): Part => ({ path: `${at}.${name}`, name, kind: 'enum member', docs }))];
  const { properties = [], methods = [] } = type as ClassType | InterfaceType;
  const calls = [...methods, ...isClassType(type) && type.initializer ? [{ ...type.initializer, name: 'new' }] : []];
  return [
    self,
    ...properties.map((property): Part => ({ ...property, path: `${at}.${property.name}`, kind: 'property' })),
    ...methods.map((method): Part => ({ ...method, path: `${at}.${method.name}`, kind: 'method', type: method.returns?.type })),
    ...calls.flatMap(call => (call.parameters ?? []).map((parameter): Part => ({ ...parameter, path: `${at}.${call.name}(${parameter.name})`, kind: 'parameter' }))),
  ];
}

const partsIn = (assembly: Assembly): Part[] => apiOf(assembly).flatMap(partsOf);
const structsIn = (assembly: Assembly): InterfaceType[] => apiOf(assembly).filter(isInterfaceType).filter(type => type.datatype);

/** What has no docs, or docs that only say its name again. */
export function undocumented(assembly: Assembly): string[] {
  const wordsOf = (text: string) => text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(word => !['', 'a', 'an', 'the', 'of'].includes(word));
  return partsIn(assembly).filter(({ name, docs }) => {
    const said = wordsOf(`${docs?.summary ?? ''} ${docs?.remarks ?? ''}`);
    return said.length < 2 || said.every(word => wordsOf(name).includes(word));
  }).map(({ path }) => path);
}

/** Optional properties of structs of which nobody says what happens without them. */
export function withoutDefault(assembly: Assembly): string[] {
  return structsIn(assembly).flatMap(struct => (struct.properties ?? []).filter(({ optional, docs }) => optional && !docs?.default)
    .map(({ name }) => `${typeName(struct)}.${name}`));
}

/** Properties that a user could write to, of structs and of values. */
export function writable(assembly: Assembly): string[] {
  return apiOf(assembly).flatMap(type => ((type as InterfaceType).properties ?? []).filter(({ immutable }) => !immutable)
    .map(({ name }) => `${typeName(type)}.${name}`));
}

/** Types in a namespace, which is a package of its own in Go, where packages cannot import each other. */
export function apart(assembly: Assembly): string[] {
  return apiOf(assembly).filter(({ namespace }) => namespace).map(typeName);
}

export function unions(assembly: Assembly): string[] {
  return partsIn(assembly).filter(({ type }) => type && holds(type, isUnionTypeReference)).map(({ path }) => path);
}

export function untyped(assembly: Assembly): string[] {
  const isUntyped = (type: TypeReference) => isPrimitiveTypeReference(type) && [PrimitiveType.Any, PrimitiveType.Json].includes(type.primitive);
  return partsIn(assembly).filter(({ type }) => type && holds(type, isUntyped)).map(({ path }) => path);
}

function holds(type: TypeReference, test: (type: TypeReference) => boolean): boolean {
  return test(type) || (isCollectionTypeReference(type) && holds(type.collection.elementtype, test));
}

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));
const JAVA = words(`abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for goto if implements
  import instanceof int interface long native new null package private protected public return short static strictfp super switch synchronized this throw throws transient true
  try void volatile while`);
const PYTHON = words(`and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try
  while with yield`);

/**
 * Names that a language keeps for itself. Go and C# write members with a capital, and no keyword of theirs has one; the names of parameters, which their callers
 * never write, pacmak changes.
 */
export function reserved(assembly: Assembly): string[] {
  return partsIn(assembly).filter(({ kind }) => kind !== 'type' && kind !== 'enum member').flatMap(({ path, name, kind }) => [
    ...kind !== 'parameter' && JAVA.has(name) ? [`${path}: Java`] : [],
    ...PYTHON.has(snake(name)) ? [`${path}: Python`] : [],
  ]);
}

/** Names that are two in TypeScript and one elsewhere, such as `toJson` and `toJSON` in Python, and members with the name of their class, which C# refuses. */
export function clashing(assembly: Assembly): string[] {
  const byName = new Map(apiOf(assembly).map(type => [type.fqn, type]));
  return apiOf(assembly).flatMap(type => {
    const members = [...new Map(membersOf(type, byName).map(member => [`${member.static} ${member.name}`, member])).values()];
    const hasGetter = ({ name, kind, static: isStatic }: Part) => kind === 'property' && !(isStatic && name === name.toUpperCase());
    return [
      ...repeated(members, ({ name }) => pascal(name)).map(name => `${typeName(type)}.${name}: C#, Go`),
      ...repeated(members, ({ name }) => snake(name)).map(name => `${typeName(type)}.${name}: Python`),
      ...repeated(members, member => hasGetter(member) ? `get${pascal(member.name)}` : member.name).map(name => `${typeName(type)}.${name}: Java`),
      ...members.filter(({ name }) => pascal(name) === type.name).map(({ name }) => `${typeName(type)}.${name}: C#`),
    ];
  });
}

function membersOf(type: Type, byName: ReadonlyMap<string, Type>): Part[] {
  const own = partsOf(type).filter(({ kind }) => kind === 'property' || kind === 'method');
  const parents = heritage(type).bases.map(fqn => byName.get(fqn)).filter(parent => parent !== undefined);
  return [...own, ...parents.flatMap(parent => membersOf(parent, byName))];
}

function repeated(members: readonly Part[], spell: (member: Part) => string): string[] {
  const spelt = members.map(spell);
  return spelt.filter((name, at) => spelt.indexOf(name) !== at);
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
