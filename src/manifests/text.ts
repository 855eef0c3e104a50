import { ManifestContainer } from './pod';
import { enumerate, groupBy } from '../private/text';

/** `initContainer "fetch"`, `containers "a" and "b"`. */
export function formatContainers(containers: readonly ManifestContainer[]): string {
  return enumerate(groupBy(containers, ({ kind }) => kind).map(([first, ...others]) => {
    const names = enumerate([first, ...others].map(({ name, keys }) => name ? JSON.stringify(name) : `number ${Number(keys[keys.length - 1]) + 1}`));
    return `${first.kind}${others.length > 0 ? 's' : ''} ${names}`;
  }));
}

/** `spec.containers[0].image`, `data["app.json"]`. */
export function formatPath(keys: readonly string[]): string {
  return keys.map((key, at) => /^\d+$/.test(key) ? `[${key}]` : /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${at > 0 ? '.' : ''}${key}` : `[${JSON.stringify(key)}]`)
    .join('');
}

/** The words for one or several. */
export function verb(things: readonly unknown[], one: string, several: string): string {
  return things.length === 1 ? one : several;
}
