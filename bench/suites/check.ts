import { join } from 'path';
import { COMMAND, timeNode } from '../harness/processes';
import { Bench, Row } from '../harness/rows';
import { Samples } from '../harness/samples';
import { deployment, distribution, FORMS, writeManifests } from '../inputs/manifests';

const COUNT = 10_000;
const TIMES = 2;
/** One workload in so many has something wrong with it. */
const WRONG = 100;

const PARSE_YAML = 'for (const each of require("yaml").parseAllDocuments(text, { intAsBigInt: true, merge: true })) each.toJS();';
const PARSERS = { 'YAML': PARSE_YAML, 'YAML List': PARSE_YAML, 'JSON List': 'require("jsonc-parser").parseTree(text);' } as const;

export const check: Bench = {
  about: '`check` as a process, on one file, against a process that only parses the file with the libraries that `lint` reads with (yaml, jsonc-parser). Half of the workloads are '
    + `RuntimeDefault, half Localhost with a profile that a DaemonSet in the file distributes; 1 in ${WRONG} is Unconfined.`,
  async run({ directory, rounds, size }) {
    const rows: Row[] = [];
    for (const form of ['YAML', 'YAML List', 'JSON List'] as const) {
      const write = (count: number) => {
        const file = join(directory, `${form.replace(' ', '-')}-${count}.${form.startsWith('YAML') ? 'yaml' : 'json'}`);
        const megabytes = writeManifests(file, FORMS[form], manifests(count)) / 1e6;
        return { file, what: `check ${count.toLocaleString('en-US')} workloads, ${form}, ${megabytes.toFixed(0)} MB` };
      };
      const [some, more] = [write(size(COUNT)), write(size(COUNT * TIMES))];
      const parse = `parse ${some.what.slice('check '.length)}`;
      const samples = await Samples.take(rounds(2), {
        [some.what]: () => run(some.file),
        [more.what]: () => run(more.file),
        [parse]: () => timeNode(['-e', `const text = require("fs").readFileSync(process.argv[1], "utf8"); ${PARSERS[form]}`, some.file]),
      });
      rows.push(samples.row(some.what, parse), samples.row(more.what, some.what), samples.row(more.what, some.what, { unit: 'MiB', note: 'memory at most' }));
    }
    return rows;
  },
};

function run(file: string) {
  return timeNode([COMMAND, 'check', '--max-warnings', '100000', file]);
}

function* manifests(count: number): Iterable<object> {
  yield* distribution();
  for (let index = 0; index < count; index++) {
    const type = index % WRONG === 0 ? 'Unconfined' : 'RuntimeDefault';
    yield deployment(index, index % 2 === 1 ? { type: 'Localhost', localhostProfile: 'profiles/app.json' } : { type });
  }
}
