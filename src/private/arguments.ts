import { InputError, list, show } from './errors';

/**
 * A check of the type of a value. TypeScript, Java, C# and Go check it themselves; JavaScript passes anything, and so does `Any` of Python.
 *
 * @throws with the name of the argument or property, the expectation and the value
 */
export type Shape = (value: unknown, name: string, where?: string) => void;

/** A class, also one whose constructor is private. */
type Class = Function & { readonly prototype: unknown };

/**
 * @param name name of the argument; empty if the error is clear without it
 * @param where path of the construct that takes the value
 * @returns the value
 */
export function check<T>(shape: Shape, value: T, name: string, where?: string): T {
  shape(value, name, where);
  return value;
}

export const TEXT = satisfying('a text', value => typeof value === 'string');
export const NUMBER = satisfying('a number', value => typeof value === 'number');
export const FLAG = satisfying('true or false', value => typeof value === 'boolean');
export const OBJECT = satisfying('an object', value => isObject(value) && !Array.isArray(value));

/**
 * Instances of a class, or of the class with the same name in a second copy of the package, which npm sometimes installs.
 *
 * @param expected the class with its article, and an example: `a SeccompMode such as SeccompMode.RUNTIME_DEFAULT`
 */
export function instanceOf(type: Class, expected: string): Shape {
  return satisfying(expected, value => value instanceof type || (isObject(value) && value.constructor?.name === type.name));
}

export function memberOf(values: Readonly<Record<string, string>>): Shape {
  return satisfying(`one of ${list(Object.values(values))}`, value => Object.values(values).includes(value as string));
}

export function optional(shape: Shape): Shape {
  return (value, name, where) => value === undefined ? undefined : shape(value, name, where);
}

export function listOf(item: Shape): Shape {
  return (value, name, where) => {
    if (!Array.isArray(value)) throw wrongType('a list', value, name, where);
    // Not forEach, which passes over holes.
    for (let index = 0; index < value.length; index++) item(value[index], `${name}[${index}]`, where);
  };
}

/** A list that is not empty. */
export function someOf(item: Shape): Shape {
  return (value, name, where) => {
    listOf(item)(value, name, where);
    if ((value as unknown[]).length === 0) throw wrongType('at least one', value, name, where);
  };
}

/** An object with any keys, such as labels. */
export function recordOf(item: Shape): Shape {
  return (value, name, where) => {
    OBJECT(value, name, where);
    for (const [key, each] of Object.entries(value as object)) item(each, `${name}.${key}`, where);
  };
}

/** The properties of a struct; others are not checked. */
export function structOf(properties: Readonly<Record<string, Shape>>): Shape {
  return (value, name, where) => {
    OBJECT(value, name, where);
    for (const [key, shape] of Object.entries(properties)) shape((value as Record<string, unknown>)[key], name === '' ? key : `${name}.${key}`, where);
  };
}

function satisfying(expected: string, isRight: (value: unknown) => boolean): Shape {
  return (value, name, where) => {
    if (!isRight(value)) throw wrongType(expected, value, name, where);
  };
}

function wrongType(expected: string, value: unknown, name: string, where?: string): InputError {
  return new InputError(`${where === undefined ? '' : `[${where}] `}${name === '' ? '' : `${name}: `}expected ${expected}, got ${show(value)}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
