/**
 * Measures what the library costs, in relation to something everybody knows, in one run: `npm run bench -- --help`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { InvalidArgumentError, program } from 'commander';
import { machine } from './harness/machine';
import { printMarkdown, printText } from './harness/print';
import { Bench, Context, Gap, Measured, Result, Row } from './harness/rows';
import { BENCHES } from './suites';

interface Options {
  readonly json?: string;
  readonly docs?: string;
  readonly from?: string;
  readonly rounds?: number;
  readonly try?: boolean;
}

const [BEGIN, END] = ['<!-- bench: begin -->', '<!-- bench: end -->'];

program
  .description('Measure what cdk8s-seccomp costs, each thing and what it is measured against in turn. Needs a build; kernel and installer need root and runc.')
  .argument('[name...]', `which: ${Object.keys(BENCHES).join(', ')}`, [])
  .option('--json <file>', 'write the result there as well')
  .option('--docs <file>', `write the result into a Markdown file, between ${BEGIN} and ${END}`)
  .option('--from <file>', 'take the result from there instead of measuring')
  .option('--rounds <n>', 'at most so many rounds of each', count)
  .option('--try', 'small sizes and few rounds, to see whether it works')
  .action(async (names: string[], options: Options) => {
    const result: Result = options.from ? JSON.parse(readFileSync(options.from, 'utf8')) : await measure(names, options);
    if (options.from) console.log(printText(result));
    if (options.docs) writeDocs(options.docs, result);
  });

void program.parseAsync();

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('expected a number, such as 3.');
  return Number(text);
}

async function measure(names: readonly string[], options: Options): Promise<Result> {
  const unknown = names.find(name => !(name in BENCHES));
  if (unknown) program.error(`no bench is called ${unknown}, expected ${Object.keys(BENCHES).join(', ')}`);
  const result = { date: new Date().toISOString().slice(0, 10), machine: machine(), tried: options.try ?? false, benches: [] as Measured[] };
  for (const [name, bench] of Object.entries(BENCHES).filter(([each]) => names.length === 0 || names.includes(each))) {
    const begin = Date.now();
    const rows = await run(name, bench, options);
    const measured = { name, about: bench.about, seconds: Math.round((Date.now() - begin) / 1000), rows };
    console.log(printText({ benches: [measured] }));
    result.benches.push(measured);
    // Each time: a run takes long, and may be stopped.
    if (options.json) writeFileSync(options.json, `${JSON.stringify(result, undefined, 1)}\n`);
  }
  return result;
}

/** What fails is said, in the table too, and the rest is measured all the same. */
async function run(name: string, bench: Bench, { rounds = Infinity, try: tried = false }: Options): Promise<ReadonlyArray<Row | Gap>> {
  const directory = mkdtempSync(join(tmpdir(), `bench-${name}-`));
  const context: Context = {
    directory,
    rounds: full => Math.min(full, rounds, tried ? 2 : Infinity),
    size: full => tried ? Math.ceil(full / 100) : full,
  };
  try {
    return await bench.run(context);
  } catch (error) {
    console.error(`${name}:`, error);
    process.exitCode = 1;
    return [{ what: name, missing: (error as Error).message.split('\n')[0] }];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function writeDocs(file: string, result: Result): void {
  if (result.tried) program.error('the result is of a try, expected one of full size: leave out --try');
  const text = readFileSync(file, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) program.error(`${file} has no place for the result, expected a line ${BEGIN} and after it a line ${END}`);
  writeFileSync(file, `${text.slice(0, before)}${BEGIN}\n${printMarkdown(complete(result))}\n${text.slice(after)}`);
}

/** With those that were left out, so that they are not missing in silence. */
function complete(result: Result): Result {
  const left = (name: string): Measured => ({ name, about: BENCHES[name].about, seconds: 0, rows: [{ what: name, missing: 'left out of this run' }] });
  return { ...result, benches: Object.keys(BENCHES).map(name => result.benches.find(each => each.name === name) ?? left(name)) };
}
