import { closeSync, openSync, writeSync } from 'fs';
import { MindieProfile } from '../../lib';

/** How many resources are written one after the other. */
interface Form {
  readonly before?: string;
  readonly separator: string;
  readonly after?: string;
  readonly text: (resource: object) => string;
}

/** Of files with many resources. */
export const FORMS: Readonly<Record<'YAML' | 'YAML List' | 'JSON List', Form>> = {
  'YAML': { separator: '---\n', text: resource => yaml(resource, '') },
  // As `kubectl get` prints them.
  'YAML List': {
    before: 'apiVersion: v1\nitems:\n',
    separator: '',
    after: 'kind: List\nmetadata:\n  resourceVersion: ""\n',
    text: resource => `- ${yaml(resource, '  ').slice(2)}`,
  },
  'JSON List': {
    before: '{\n"apiVersion": "v1",\n"items": [\n',
    separator: ',\n',
    after: '],\n"kind": "List"\n}\n',
    text: resource => JSON.stringify(resource, undefined, 1),
  },
};

/** Writes them one by one and tells how many bytes that are. */
export function writeManifests(file: string, { before = '', separator, after = '', text }: Form, resources: Iterable<object>): number {
  const fd = openSync(file, 'w');
  let bytes = writeSync(fd, before);
  let first = true;
  for (const resource of resources) {
    bytes += writeSync(fd, (first ? '' : separator) + text(resource));
    first = false;
  }
  bytes += writeSync(fd, after);
  closeSync(fd);
  return bytes;
}

/** One of 3 kB, like those of charts, with two containers. */
export function deployment(index: number, seccompProfile: object | undefined): object {
  const env = Array.from({ length: 10 }, (_, at) => ({ name: `SETTING_${at}_OF_THE_ENGINE`, value: `value-${at}-of-${index}-${'x'.repeat(20)}` }));
  const container = (name: string) => ({ name, image: `registry.example.com/models/${name}:1.${index}.0`, env, resources: { limits: { cpu: '4', memory: '8Gi' } } });
  const labels = { app: `engine-${index}` };
  const spec = { ...seccompProfile && { securityContext: { seccompProfile } }, containers: [container('engine'), container('proxy')] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `engine-${index}`, namespace: `team-${index % 50}`, labels },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

/** A ConfigMap with the documents of profiles/app.json, and the DaemonSet that puts them on the nodes. */
export function* distribution(): Iterable<object> {
  const profile = MindieProfile.hardened();
  const documents = profile.nodes.slice(0, 2).map(node => ({ key: `app.${node.label}.json`, path: `documents/profiles/app.json/${node.label}.json`, node }));
  const metadata = { name: 'profiles', namespace: 'seccomp' };
  yield { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: Object.fromEntries(documents.map(({ key, node }) => [key, profile.forNode(node).toJson()])) };
  const spec = {
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'installer', image: 'busybox', volumeMounts: [{ name: 'target', mountPath: '/target' }] }],
    volumes: [
      { name: 'source', configMap: { name: 'profiles', items: documents.map(({ key, path }) => ({ key, path })) } },
      { name: 'target', hostPath: { path: '/var/lib/kubelet/seccomp' } },
    ],
  };
  yield { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { template: { spec } } };
}

/** Block style, as charts are written; strings that could be something else in quotes. */
function yaml(value: unknown, indentation: string): string {
  if (Array.isArray(value)) return value.map(item => `${indentation}- ${yaml(item, `${indentation}  `).trimStart()}`).join('');
  if (typeof value !== 'object' || value === null) return `${indentation}${scalar(value, indentation)}\n`;
  return Object.entries(value).map(([key, child]) => typeof child === 'object'
    ? `${indentation}${key}:\n${yaml(child, `${indentation}  `)}` : `${indentation}${key}: ${scalar(child, indentation)}\n`).join('');
}

function scalar(value: unknown, indentation: string): string {
  const text = String(value);
  if (text.includes('\n')) return `|\n${text.trimEnd().replace(/^/gm, `${indentation}  `)}`;
  return /^[A-Za-z][\w./-]*$/.test(text) || typeof value === 'number' ? text : JSON.stringify(text);
}
