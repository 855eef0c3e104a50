import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { preProcessFile } from 'typescript';

/** A file of src without `.ts`, and what it imports: another one, or the name of a package. */
export interface Import {
  readonly file: string;
  readonly target: string;
}

export const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts')).sort();

export const IMPORTS: readonly Import[] = FILES.flatMap(name => preProcessFile(readFileSync(join('src', name), 'utf8'), true, true).importedFiles.map(({ fileName }) => ({
  file: name.replace(/\.ts$/, ''),
  target: fileName.startsWith('.') ? relative('src', join('src', dirname(name), fileName)) : fileName,
})));

export const ROOMS = readdirSync('src', { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort();

const isOwn = (path: string) => ROOMS.includes(path.split('/')[0]);

/** The room of a file; `index` for src/index.ts. */
export const roomOf = (path: string): string => path.split('/')[0];

/** Arrows between rooms. */
export function roomArrows(imports: readonly Import[]): string[] {
  return arrows(imports.filter(({ target }) => isOwn(target)), roomOf);
}

/** Arrows inside of a room: a sub-room, or a file that lies in none, is a box. */
export function boxArrows(imports: readonly Import[], room: string): string[] {
  return arrows(imports.filter(({ file, target }) => [file, target].every(path => path.startsWith(`${room}/`))), path => path.split('/')[1]);
}

/** Arrows between files. */
export function fileArrows(imports: readonly Import[]): string[] {
  return arrows(imports.filter(({ target }) => isOwn(target)), path => path);
}

function arrows(imports: readonly Import[], box: (path: string) => string): string[] {
  const between = imports.map(({ file, target }) => [box(file), box(target)]).filter(([from, to]) => from !== to);
  return [...new Set(between.map(([from, to]) => `${from} -> ${to}`))].sort();
}

/**
 * How many floors a house of these arrows has, the lowest of which imports nothing, and the arrows that stand on no floor: there are some only where boxes
 * import each other in a circle.
 */
export function build(all: readonly string[]): { readonly floors: number; readonly circle: readonly string[] } {
  let [left, floors] = [[...all], 0];
  while (left.length > 0) {
    const origins = new Set(left.map(arrow => arrow.split(' -> ')[0]));
    const above = left.filter(arrow => origins.has(arrow.split(' -> ')[1]));
    if (above.length === left.length) return { floors, circle: left };
    [left, floors] = [above, floors + 1];
  }
  return { floors: floors + 1, circle: [] };
}

/** Imports of cdk8s where it must not be loaded, and imports of an index. */
export function violations(imports: readonly Import[], withoutCdk8s: readonly string[]): string[] {
  return imports.flatMap(({ file, target }) => {
    if (/^(cdk8s|constructs)/.test(target) && withoutCdk8s.includes(roomOf(file))) return [`${file} -> ${target}: loads cdk8s`];
    return target === '' || target === 'index' || ROOMS.includes(target) ? [`${file} -> ${target}: imports an index`] : [];
  });
}
