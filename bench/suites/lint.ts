import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { COMMAND, timeNode } from '../harness/processes';
import { Bench } from '../harness/rows';
import { Samples } from '../harness/samples';
import { allowlist } from '../inputs/profiles';

const AIM = 3;
const NAMES = 400;
const SMALL = 40;
const NOTHING = 'node -e 0';
const VERSION = '--version';
const ONE = `lint, ${NAMES} names`;
const IN_MAP = `lint, ${NAMES} names in a ConfigMap`;

export const lint: Bench = {
  about: 'The command as a process, from its start to its end; it finds errors in each of these profiles.',
  async run({ directory, rounds, size }) {
    const write = (name: string, text: string) => {
      writeFileSync(join(directory, name), text);
      return join(directory, name);
    };
    const one = write('profile.json', allowlist(NAMES).toJson());
    const map = write('map.yaml', `kind: ConfigMap\ndata:\n  profile.json: |\n${allowlist(NAMES).toJson().trimEnd().replace(/^/gm, '    ')}\n`);
    const run = (...args: string[]) => () => timeNode([COMMAND, 'lint', ...args], { status: 1 });
    const single = await Samples.take(rounds(21), {
      [NOTHING]: () => timeNode(['-e', '0']),
      [VERSION]: () => timeNode([COMMAND, '--version']),
      [ONE]: run(one),
      [IN_MAP]: run(map),
    });
    const count = size(1000);
    const many = (['small', 'large'] as const).map(kind => {
      mkdirSync(join(directory, kind));
      const names = kind === 'small' ? SMALL : NAMES;
      // No two alike.
      for (let index = 0; index < count; index++) write(`${kind}/${index}.json`, allowlist(names + Math.floor(index / 100), { from: index % 100 }).toJson());
      return { what: `lint, ${count.toLocaleString('en-US')} profiles of ${names} names or some more`, directory: join(directory, kind) };
    });
    const several = await Samples.take(rounds(3), {
      [NOTHING]: () => timeNode(['-e', '0']),
      ...Object.fromEntries(many.map(({ what, directory: of }) => [what, run(of)])),
    });
    return [
      single.row(VERSION, NOTHING, { aim: AIM }),
      single.row(ONE, NOTHING, { aim: AIM }),
      single.row(IN_MAP, NOTHING, { aim: AIM }),
      ...many.map(({ what }) => several.row(what, NOTHING, {
        note: `${(several.median(what) / count).toFixed(1)} ms a profile, ${several.median(what, 'MiB').toFixed(0)} MiB at most`,
      })),
    ];
  },
};
