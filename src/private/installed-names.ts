import { createHash } from 'crypto';

// What the installer's DaemonSet writes (distribution), and by what manifests are recognised as its own (manifests).

/** A document by the path under which it is installed, and the kind of node that it is for. */
export interface InstalledName {
  readonly path: string;
  /** Name of a node kind in Kubernetes: `amd64`. */
  readonly node: string;
}

/** Where the installer finds a document in its volume: `documents/profiles/app.json/amd64.json`. */
export function documentPath({ path, node }: InstalledName): string {
  return `documents/${path}/${node}.json`;
}

/** Reads what `documentPath` writes; undefined for other paths. */
export function readDocumentPath(text: string): InstalledName | undefined {
  const [, path, node] = /^documents\/(.+\.json)\/([a-z0-9_]+)\.json$/.exec(text) ?? [];
  return path === undefined ? undefined : { path, node };
}

/** The key of a ConfigMap that holds a document: `profiles.app.amd64.json`. */
export function documentKey({ path, node }: InstalledName): string {
  return `${keyStem(path)}.${node}.json`;
}

/** The kind of node that a key of a ConfigMap names, if it names one. */
export function nodeOfKey(key: string): string | undefined {
  return /\.([a-z0-9]+)\.json$/.exec(key)?.[1];
}

/** `profiles/mindie/x.json` → `profiles.mindie.x`. */
export function keyStem(path: string): string {
  return path.slice(0, -'.json'.length).replace(/\//g, '.');
}

/** Start of the labels that say that a node has a profile, without their prefix. */
export const GATE_LABEL = 'seccomp-profile-';

/** Returns the name, without its prefix, of the label that says that a node has a profile. */
export function gateLabel(path: string): string {
  return `${GATE_LABEL}${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}
