/**
 * The public API of a jsii assembly in TypeScript's notation.
 */
import {
  Assembly, Callable, ClassType, InterfaceType, isClassType, isCollectionTypeReference, isEnumType, isInterfaceType, isNamedTypeReference,
  isPrimitiveTypeReference, isUnionTypeReference, Method, Property, Type, TypeReference,
} from '@jsii/spec';

/** Writes a named type, by its fully qualified name. */
export type NameOf = (fqn: string) => string;

const bare: NameOf = fqn => fqn.split('.').slice(1).join('.');

export function apiOf(assembly: Assembly): Type[] {
  return Object.values(assembly.types ?? {});
}

export function typeName(type: Type): string {
  return bare(type.fqn);
}

/** By kind, then by name; a list of members, which have no kind, by name alone. */
export function ordered<T extends { name: string; kind?: string; datatype?: boolean }>(list: readonly T[]): T[] {
  const rank = ({ kind, datatype }: T) => ['class', 'interface', 'enum'].indexOf(kind ?? 'class') + (datatype ? 0.5 : 0);
  return [...list].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** What a type is, and the types that it gets members from. */
export function heritage(type: Type): { kind: string; bases: string[] } {
  if (isClassType(type)) return { kind: 'Class', bases: [...type.base ? [type.base] : [], ...type.interfaces ?? []] };
  if (isInterfaceType(type)) return { kind: type.datatype ? 'Struct' : 'Interface', bases: type.interfaces ?? [] };
  return { kind: 'Enum', bases: [] };
}

/** The constructor, where there is a public one. */
export function initializer(type: Type): (Callable & { name: string }) | undefined {
  return isClassType(type) && type.initializer && !type.initializer.protected ? { ...type.initializer, name: `new ${type.name}` } : undefined;
}

export function propertySignature(property: Property, nameOf: NameOf = bare): string {
  return `${property.static ? 'static ' : ''}${strong(property.name, nameOf)}${property.optional ? '?' : ''}: ${typeText(property.type, nameOf)}`;
}

export function methodSignature(method: Callable & Partial<Method> & { name: string }, nameOf: NameOf = bare): string {
  const parameters = (method.parameters ?? []).map(({ name, type, optional, variadic }) =>
    `${variadic ? '...' : ''}${name}${optional ? '?' : ''}: ${typeText(type, nameOf)}${variadic ? '[]' : ''}`);
  const returns = method.returns ? typeText(method.returns.type, nameOf) : 'void';
  const result = method.name.startsWith('new ') ? '' : `: ${method.async ? promise(returns, nameOf) : returns}`;
  return `${method.static ? 'static ' : ''}${strong(method.name, nameOf)}(${parameters.join(', ')})${result}`;
}

/** One line for each type and member, in a stable order. */
export function signatures(assembly: Assembly): string[] {
  return ordered(apiOf(assembly)).flatMap(type => {
    const { kind, bases } = heritage(type);
    const head = `${kind.toLowerCase()} ${typeName(type)}${bases.length > 0 ? `: ${bases.join(', ')}` : ''}`;
    if (isEnumType(type)) return [head, ...type.members.map(({ name }) => `  ${name}`)];
    const { properties = [], methods = [] } = type as ClassType | InterfaceType;
    const made = initializer(type);
    const members = [...properties.map(property => propertySignature(property)), ...methods.map(method => methodSignature(method))].sort();
    return [head, ...[...made ? [methodSignature(made)] : [], ...members].map(line => `  ${line}`)];
  });
}

export function typeText(type: TypeReference, nameOf: NameOf): string {
  if (isNamedTypeReference(type)) return nameOf(type.fqn);
  if (isPrimitiveTypeReference(type)) return type.primitive;
  if (isUnionTypeReference(type)) return type.union.types.map(each => typeText(each, nameOf)).join(' | ');
  if (!isCollectionTypeReference(type)) return JSON.stringify(type);
  const element = typeText(type.collection.elementtype, nameOf);
  return type.collection.kind === 'array' ? `${element}[]` : `Record${angle(nameOf)}string, ${element}>`;
}

function promise(text: string, nameOf: NameOf): string {
  return `Promise${angle(nameOf)}${text}>`;
}

/** Markdown, which is where types are links, wants names marked and angle brackets escaped. */
function strong(name: string, nameOf: NameOf): string {
  return nameOf === bare ? name : `**${name}**`;
}

function angle(nameOf: NameOf): string {
  return nameOf === bare ? '<' : '\\<';
}
