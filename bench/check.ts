/**
 * What `check` costs of sets of many workloads: time in relation to parsing alone, with the same libraries, and the memory of the process.
 *
 *     npm run compile && npx tsx bench/check.ts
 */
import { spawnSync } from 'child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { MindieProfile } from '../lib';

const COMMAND = join(__dirname, '../bin/cdk8s-seccomp');
const COUNTS = [1000, 10_000, 30_000];
/** One workload in so many has something wrong with it. */
const WRONG = 100;

const directory = mkdtempSync(join(tmpdir(), 'bench-check-'));
try {
  const forms = { 'YAML': yaml, 'JSON List': jsonList, 'YAML List': yamlList } as const;
  for (const [form, write] of Object.entries(forms)) {
    for (const count of COUNTS) {
      const file = join(directory, `${count}.${form.startsWith('YAML') ? 'yaml' : 'json'}`);
      const bytes = write(file, count);
      const check = measured([COMMAND, 'check', '--max-warnings', '100000', file]);
      const words = [`${form}, ${count} workloads, ${(bytes / 1e6).toFixed(1)} MB`.padEnd(42), `${(check.milliseconds / 1000).toFixed(1).padStart(6)} s`,
        `${String(Math.round(check.maxRss / 1024)).padStart(5)} MiB`];
      if (count === 10_000) words.push(`${(check.milliseconds / parse(form, file).milliseconds).toFixed(2)} × parsing alone`);
      console.log(words.join('  '));
      rmSync(file);
    }
  }
} finally {
  rmSync(directory, { recursive: true });
}

/** Documents one after the other. */
function yaml(file: string, count: number): number {
  return written(file, count, { separator: '---\n', text: resource => yamlText(resource, '') });
}

/** As `kubectl get -o yaml` prints it. */
function yamlList(file: string, count: number): number {
  return written(file, count, {
    before: 'apiVersion: v1\nitems:\n',
    separator: '',
    after: 'kind: List\nmetadata:\n  resourceVersion: ""\n',
    text: resource => `- ${yamlText(resource, '  ').slice(2)}`,
  });
}

/** As `kubectl get -o json` prints it. */
function jsonList(file: string, count: number): number {
  return written(file, count, {
    before: '{\n"apiVersion": "v1",\n"items": [\n',
    separator: ',\n',
    after: '],\n"kind": "List"\n}\n',
    text: resource => JSON.stringify(resource, undefined, 1),
  });
}

interface Form {
  readonly before?: string;
  readonly separator: string;
  readonly after?: string;
  readonly text: (resource: object) => string;
}

function written(file: string, count: number, { before = '', separator, after = '', text }: Form): number {
  const fd = openSync(file, 'w');
  let bytes = writeSync(fd, before);
  for (const [index, resource] of [...distribution()].entries()) bytes += writeSync(fd, (index > 0 ? separator : '') + text(resource));
  for (let index = 0; index < count; index++) bytes += writeSync(fd, separator + text(workload(index)));
  bytes += writeSync(fd, after);
  closeSync(fd);
  return bytes;
}

/** One of 3 kB, like those of charts. */
function workload(index: number): object {
  const env = Array.from({ length: 10 }, (_, at) => ({ name: `SETTING_${at}_OF_THE_ENGINE`, value: `value-${at}-of-${index}-${'x'.repeat(20)}` }));
  const container = (name: string) => ({ name, image: `registry.example.com/models/${name}:1.${index}.0`, env, resources: { limits: { cpu: '4', memory: '8Gi' } } });
  const type = index % WRONG === 0 ? 'Unconfined' : 'RuntimeDefault';
  const seccompProfile = index % 2 === 0 ? { type } : { type: 'Localhost', localhostProfile: 'profiles/app.json' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `engine-${index}`, namespace: `team-${index % 50}`, labels: { app: `engine-${index}` } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: `engine-${index}` } },
      template: { metadata: { labels: { app: `engine-${index}` } }, spec: { securityContext: { seccompProfile }, containers: [container('engine'), container('proxy')] } },
    },
  };
}

function* distribution(): Iterable<object> {
  const documents = MindieProfile.hardened().nodes.slice(0, 2).map(node => ({ key: `app.${node.label}.json`, path: `documents/profiles/app.json/${node.label}.json`, node }));
  yield {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'profiles', namespace: 'seccomp' },
    data: Object.fromEntries(documents.map(({ key, node }) => [key, MindieProfile.hardened().forNode(node).toJson()])),
  };
  yield {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'profiles', namespace: 'seccomp' },
    spec: {
      template: {
        spec: {
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{ name: 'installer', image: 'busybox', volumeMounts: [{ name: 'target', mountPath: '/target' }] }],
          volumes: [
            { name: 'source', configMap: { name: 'profiles', items: documents.map(({ key, path }) => ({ key, path })) } },
            { name: 'target', hostPath: { path: '/var/lib/kubelet/seccomp' } },
          ],
        },
      },
    },
  };
}

/** Block style, as charts are written; strings that could be something else in quotes. */
function yamlText(value: unknown, indentation: string): string {
  if (Array.isArray(value)) return value.map(item => `${indentation}- ${yamlText(item, `${indentation}  `).trimStart()}`).join('');
  if (typeof value !== 'object' || value === null) return `${indentation}${scalar(value, indentation)}\n`;
  return Object.entries(value).map(([key, child]) => typeof child === 'object'
    ? `${indentation}${key}:\n${yamlText(child, `${indentation}  `)}` : `${indentation}${key}: ${scalar(child, indentation)}\n`).join('');
}

function scalar(value: unknown, indentation: string): string {
  const text = String(value);
  if (text.includes('\n')) return `|\n${text.trimEnd().replace(/^/gm, `${indentation}  `)}`;
  return /^[A-Za-z][\w./-]*$/.test(text) || typeof value === 'number' ? text : JSON.stringify(text);
}

interface Cost {
  readonly milliseconds: number;
  readonly maxRss: number;
}

function parse(form: string, file: string): Cost {
  const script = form.startsWith('YAML')
    ? 'const { parseAllDocuments } = require("yaml"); for (const each of parseAllDocuments(text, { intAsBigInt: true, merge: true })) each.toJS();'
    : 'require("jsonc-parser").parseTree(text);';
  return measured(['-e', `const text = require("fs").readFileSync(${JSON.stringify(file)}, "utf8"); ${script}`]);
}

function measured(args: string[]): Cost {
  const hook = join(directory, 'rss.js');
  const fd = openSync(hook, 'w');
  writeSync(fd, 'process.on("exit", () => process.stderr.write(`\\nmaxrss ${process.resourceUsage().maxRSS}\\n`));');
  closeSync(fd);
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', cwd: join(__dirname, '..') });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  const rss = /maxrss (\d+)/.exec(stderr)?.[1];
  if (status !== 0 || !rss) throw new Error(`${args.join(' ').slice(0, 200)} ended with ${status}: ${stderr}`);
  return { milliseconds, maxRss: Number(rss) };
}
