/**
 * Prints which arguments the kernel's prototypes declare as integers of 32 bits or fewer, as data/syscalls/arguments-linux-<version>.tsv
 * holds it:
 *
 *   tsx scripts/dump-arguments.ts <kernel headers>/include/linux/syscalls.h > data/syscalls/arguments-linux-<version>.tsv
 *
 * A row is a function without its `sys_` and the indexes, `-` for none. Where the header has several prototypes by configuration, an
 * argument counts if it is narrow in each of them.
 */
import { readFileSync } from 'fs';

const NARROW = new Set([
  'int', 'unsigned int', 'unsigned', 'u32', '__u32', '__s32', 'uint32_t', 'enum landlock_rule_type',
  'clockid_t', 'gid_t', 'key_serial_t', 'key_t', 'mqd_t', 'old_gid_t', 'old_uid_t', 'pid_t', 'qid_t', 'rwf_t', 'timer_t', 'uid_t', 'umode_t',
]);

/** On a machine of 64 bits; the last three are pointers by another name. */
const WIDE = new Set([
  'long', 'unsigned long', 'u64', '__u64', 'aio_context_t', 'loff_t', 'off_t', 'old_sigset_t', 'size_t',
  '__sighandler_t', 'cap_user_data_t', 'cap_user_header_t',
]);

/** Whether a parameter, with or without a name, is narrow. Which a type is has to be known: a wrong guess would be a wrong fact. */
function isNarrowParameter(parameter: string): boolean {
  if (parameter.includes('*')) return false;
  const words = parameter.replace(/\bconst\b/, '').trim().split(/\s+/);
  const type = [words, words.slice(0, -1)].map(each => each.join(' ')).find(each => NARROW.has(each) || WIDE.has(each));
  if (type === undefined) throw new Error(`no width known for ${JSON.stringify(parameter)}: add its type to scripts/dump-arguments.ts`);
  return NARROW.has(type);
}

/** The indexes of the narrow arguments by function, in alphabetical order. */
export function narrowArguments(header: string): Map<string, number[]> {
  const functions = new Map<string, number[]>();
  const prototypes = header.replace(/\/\*.*?\*\//gs, '').matchAll(/\basmlinkage\s+long\s+sys_(\w+)\s*\(([^;]*)\)\s*;/g);
  for (const [, name, list] of prototypes) {
    const parameters = list.trim() === 'void' ? [] : list.split(',').map(each => each.trim());
    const narrow = parameters.map(isNarrowParameter).flatMap((is, index) => is ? index : []);
    functions.set(name, (functions.get(name) ?? narrow).filter(index => narrow.includes(index)));
  }
  return new Map([...functions].sort(([one], [other]) => one < other ? -1 : 1));
}

if (require.main === module) {
  console.log('function\tnarrow');
  narrowArguments(readFileSync(process.argv[2], 'utf8')).forEach((indexes, name) => console.log(`${name}\t${indexes.join(' ') || '-'}`));
}
