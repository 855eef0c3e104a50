import { readFileSync } from 'fs';
import { createSourceFile, forEachChild, getJSDocCommentsAndTags, isEnumDeclaration, Node, ScriptTarget } from 'typescript';
import { HardeningGroup, MindieProfile, SeccompProfile } from '../../../src';
import { HARDENING } from '../../../src/profile/mindie/hardening';
import { FAMILIES } from '../../../src/syscalls/families';
import { knownTo } from '../../../src/syscalls/since';
import { NAMES_BY_LIBSECCOMP, NUMBERS_BY_LIBSECCOMP } from '../../../src/syscalls/since.generated';

const GUIDE = readFileSync('docs/guides/mindie-profiles.md', 'utf8');

const code = (names: readonly string[]) => names.map(name => `\`${name}\``).join(' ');
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
const deniedBy = (profile: SeccompProfile): string[] =>
  [...new Set<string>(JSON.parse(profile.toJson()).syscalls.flatMap(({ names }: { names: string[] }) => names))];
const HARDENED = deniedBy(MindieProfile.hardened());

/** The comment of each member of the enum, which is where reasons are written down. */
function comments(): Map<string, string> {
  const file = 'src/profile/mindie/hardening-group.ts';
  const found = new Map<string, string>();
  forEachChild(createSourceFile(file, readFileSync(file, 'utf8'), ScriptTarget.Latest, true), node => {
    if (!isEnumDeclaration(node)) return;
    node.members.forEach(member => found.set(member.name.getText(), commentOf(member)));
  });
  return found;
}

function commentOf(node: Node): string {
  return getJSDocCommentsAndTags(node).map(({ comment }) => String(comment)).join('');
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Reason and loss, as a member's comment has them in two paragraphs. */
function explain(member: string): [string, string] {
  const [why, breaks, ...rest] = comments().get(member)!.split(/\n\n/).map(flat);
  expect([member, breaks, rest]).toStrictEqual([member, expect.stringMatching(/^Breaks: .*\.$/), []]);
  return [why, breaks.replace('Breaks: ', '')];
}

function answersOf(group: HardeningGroup): string {
  const rules = HARDENING[group]().flatMap(rule => rule._toDocument());
  const texts = rules.map(({ names, errnoRet, args }) => `${code(names)}${args ? ' with a `CLONE_NEW*` flag' : ''} ${errnoRet === 38 ? 'ENOSYS' : 'EPERM'}`);
  return [...new Set(texts)].join('; ');
}

test('lists every group as its comment and its rules say', () => {
  const rows = Object.entries(HardeningGroup).map(([member, group]) => row(`\`${member}\``, answersOf(group), ...explain(member)));
  expect(tableAfter('## What hardened denies beyond the reference')).toStrictEqual([row('group', 'calls and answer', 'why', 'what it breaks'), ...rows]);
});

/** What libseccomp of an earlier release passes over in silence. */
test('lists by release of libseccomp what older ones do not deny', () => {
  const releases = [...new Set([...Object.keys(NAMES_BY_LIBSECCOMP), ...Object.keys(NUMBERS_BY_LIBSECCOMP)])].sort();
  const firstKnown = (name: string, abi: string) => releases.find(release => knownTo(release, name, abi));
  const news = (release: string, abi: string) => HARDENED.filter(name => firstKnown(name, abi) === release && release !== releases[0]).sort();
  const rows = releases.map(release => [release, ...['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_X86'].map(abi => news(release, abi))] as const)
    .filter(([, ...columns]) => columns.some(names => names.length > 0))
    .map(([release, x86_64, aarch64, x86]) => row(release, ...[x86_64, aarch64, x86.filter(name => !x86_64.includes(name))].map(names => code(names) || '–')));
  expect(tableAfter('## Nodes with an old libseccomp')).toStrictEqual([row('before', 'amd64 nodes', 'arm64 nodes', '32-bit x86 programs, besides'), ...rows]);
});

/**
 * What Docker's default profile denies on x86_64 to a container without added capabilities, of the names that libseccomp 2.6.1 knows.
 *
 * @see https://github.com/moby/profiles/blob/main/seccomp/default.json
 */
const DENIED_BY_DOCKER = `
  _sysctl acct add_key afs_syscall bpf clone3 create_module delete_module fanotify_init file_getattr file_setattr finit_module fsconfig fsmount
  fsopen fspick get_kernel_syms get_mempolicy getpmsg init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp
  kexec_file_load kexec_load keyctl listns lookup_dcookie lsm_get_self_attr lsm_list_modules lsm_set_self_attr mbind migrate_pages mount
  mount_setattr move_mount move_pages nfsservctl open_by_handle_at open_tree open_tree_attr perf_event_open pidfd_getfd pivot_root
  process_madvise putpmsg query_module quotactl quotactl_fd reboot request_key rseq_slice_yield security set_mempolicy
  set_mempolicy_home_node setdomainname sethostname setns swapoff swapon sysfs syslog tuxcall umount2 unshare uprobe uselib userfaultfd
  ustat vhangup vserver
`.trim().split(/\s+/);

test('gives a reason for each call that Docker denies, or that has the power of a denied one, and that stays allowed', () => {
  const families = FAMILIES.filter(({ members }) => members.some(name => HARDENED.includes(name))).flatMap(({ members }) => members);
  const left = [...new Set([...DENIED_BY_DOCKER, ...families])].filter(name => !HARDENED.includes(name));
  const listed = tableAfter('## What stays allowed').slice(1).flatMap(line => [...line.split('|')[1].matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect([...listed].sort()).toStrictEqual(left.sort());
});

test('names what debugging allows', () => {
  const allowed = HARDENED.filter(name => !deniedBy(MindieProfile.debugging()).includes(name)).sort();
  expect(GUIDE).toContain(`hardened and ${code(allowed)}`);
});

/** The rows of the first table of a section, without the line below its head. */
function tableAfter(heading: string): string[] {
  const section = GUIDE.split(`${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').filter(line => line.startsWith('|') && !/^\|(---\|)+$/.test(line));
}
