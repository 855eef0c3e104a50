import { Fields, isPlainObject } from '../manifests/fields';

/** True if cdk8s sorts the keys of what it renders. */
function sorts(): boolean {
  return !process.env.CDK8S_DISABLE_SORT;
}

/** Returns an object of a manifest with one more field, in the place where cdk8s would write it. */
export function withField(object: Fields, key: string, value: unknown): Fields {
  if (key in object || !sorts()) return { ...object, [key]: value };
  const result: Record<string, unknown> = {};
  let isPlaced = false;
  for (const other of Object.keys(object)) {
    if (!isPlaced && other > key) {
      result[key] = value;
      isPlaced = true;
    }
    result[other] = object[other];
  }
  if (!isPlaced) result[key] = value;
  return result;
}

/** Returns a value with its keys in the order of cdk8s, without the keys that have no value. */
export function asWritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asWritten);
  if (!isPlainObject(value)) return value;
  const keys = sorts() ? Object.keys(value).sort() : Object.keys(value);
  return Object.fromEntries(keys.filter(key => value[key] !== undefined && value[key] !== null).map(key => [key, asWritten(value[key])]));
}
