/** An object of a manifest, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object, none of anything else; a list has no field that is asked for. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value as Fields : {};
}

/** The elements of a list, none of anything else. */
export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An object that JSON or YAML could have; a list is none. */
export function isPlainObject(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
