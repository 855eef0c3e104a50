/** An object of a manifest whose fields have not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns the object itself, or an empty one for any other value. Lists pass, as they have none of the fields that callers read. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value as Fields : {};
}

/** Returns the list itself, or an empty one for any other value. */
export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** True for an object as JSON or YAML has them; false for a list. */
export function isPlainObject(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
