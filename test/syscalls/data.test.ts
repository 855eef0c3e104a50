import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { numberIn, readTable } from '../../scripts/generate-syscalls';
import { isAtLeast } from '../../src/private/version';
import { Abi, ABIS } from '../../src/syscalls/abis';
import { isMultiplexed } from '../../src/syscalls/multiplexed';
import { allNames, isKnown, numberOf } from '../../src/syscalls/numbers';
import { knownTo, sinceLibseccomp } from '../../src/syscalls/since';

const ROOT = join(__dirname, '..', '..');
const DUMPS = readdirSync(join(ROOT, 'data', 'syscalls')).filter(file => file.startsWith('libseccomp-2'))
  .map(file => [file.replace(/^libseccomp-|\.tsv$/g, ''), file]);
const UPSTREAM = DUMPS.filter(([version]) => !version.includes('+'));
// A distribution's build may have an ABI that upstream's release had not.
const supports = (version: string, { sinceLibseccomp: since = version }: Abi) => isAtLeast(version, since);
const columnsOf = (table: ReturnType<typeof readTable>) => ABIS.filter(({ tool }) => tool in table.get('read')!);

test.each([
  // A second name of arm_sync_file_range, and a call that libseccomp does not have yet.
  ['linux-7.2.tsv', 8840, ['SCMP_ARCH_ARM sync_file_range2', 'SCMP_ARCH_LOONGARCH64 memfd_secret'], []],
  // s390 went with Linux 7.0: these are the headers of 6.12, and all that is newer came by 6.18.
  ['linux-6.12-s390.tsv', 433, [], ['getxattrat', 'listxattrat', 'removexattrat', 'setxattrat', 'open_tree_attr', 'file_getattr', 'file_setattr']],
])('agrees with the kernel headers in %s', (file, agreements, more, newer) => {
  const headers = readTable(file);
  const compared = columnsOf(headers).flatMap(({ name: abi, tool }) => [...new Set([...allNames(), ...headers.keys()])]
    .map(name => ({ abi, name, own: numberOf(abi, name), kernel: numberIn(headers.get(name)?.[tool]) })));

  expect(compared.filter(({ own, kernel }) => own !== undefined && own === kernel)).toHaveLength(agreements);
  expect(compared.filter(({ own, kernel }) => own !== undefined && kernel !== undefined && own !== kernel)).toStrictEqual([]);
  expect(compared.filter(({ own, kernel }) => own === undefined && kernel !== undefined).map(({ abi, name }) => `${abi} ${name}`))
    .toStrictEqual(more);
  expect(compared.filter(({ own, kernel }) => own !== undefined && kernel === undefined).map(({ name }) => name).sort())
    .toStrictEqual([...newer].sort());
});

test.each(UPSTREAM)('says of libseccomp %s what it said itself', (version, file) => {
  const dump = readTable(file);
  const wrong: string[] = [];
  for (const { name: abi, tool } of columnsOf(dump).filter(each => supports(version, each))) {
    for (const [name, row] of [...dump].filter(([each]) => isKnown(each))) {
      const number = numberIn(row[tool]);
      if (knownTo(version, name, abi) !== (number !== undefined && number === numberOf(abi, name))) {
        wrong.push(`${abi} ${name} ${row[tool]}`);
      }
    }
  }
  // Both were lost in 2.4.2 and came back in 2.5.0; the table has one date for each.
  expect(wrong).toStrictEqual(version === '2.3.1' ? ['SCMP_ARCH_AARCH64 getrlimit 163', 'SCMP_ARCH_AARCH64 setrlimit 164'] : []);
});

test.each(UPSTREAM)('says what libseccomp %s multiplexes', (version, file) => {
  const wrong = columnsOf(readTable(file)).filter(abi => supports(version, abi)).flatMap(({ name: abi, tool }) =>
    [...readTable(file)].filter(([name, row]) => isMultiplexed(version, name, abi) !== row[tool].includes(':')).map(([name]) => `${tool} ${name}`));
  // 2.4.3 resolves these to their direct numbers, and yet adds both rules (test/node/syscalls.test.ts builds filters).
  const direct = ['s390', 's390x'].flatMap(tool => ['msgctl', 'msgget', 'msgrcv', 'msgsnd', 'semctl', 'semget'].map(name => `${tool} ${name}`));
  expect(wrong).toStrictEqual(version === '2.4.3' ? [...direct, 's390x semtimedop'] : []);
});

test.each(UPSTREAM)('knows which names libseccomp %s did not know', (version, file) => {
  const dump = readTable(file);
  const abis = columnsOf(dump).filter(abi => supports(version, abi));
  const unknown = allNames().filter(name => abis.every(({ tool }) => (dump.get(name)?.[tool] ?? '?') === '?'));
  expect(unknown).toStrictEqual(allNames().filter(name => !isAtLeast(version, sinceLibseccomp(name) ?? version)));
});

test('finds the table of 2.5.5 in the 2.5.4 of Debian 12', () => {
  const files = ['2.5.4+deb12u1', '2.5.5'].map(version => readFileSync(join(ROOT, 'data', 'syscalls', `libseccomp-${version}.tsv`), 'utf8'));
  expect(files[0]).toBe(files[1]);
});
