import * as fc from 'fast-check';
import {
  ContainerRuntime, HardeningGroup, Libc, MindieProfile, NodeArchitecture, SeccompAction, SeccompArchitecture, SeccompProfile, SyscallArgument,
  SyscallRule, ThreadStart,
} from '../../../src';
import { ArgumentCondition } from '../../../src/profile/document/document';
import { DecisionKind } from '../../../src/profile/filter/decision';
import { HARDENING } from '../../../src/profile/mindie/hardening';
import { allNames, numberOf } from '../../../src/syscalls/numbers';

const GROUPS = Object.values(HardeningGroup);
/** Knows every name of the profile. */
const NEWEST = ContainerRuntime.runc('1.4.1', { libseccomp: '2.6.1' });
const CLONE_NEW = 0x7e020000;

const reference = MindieProfile.reference();
const hardened = MindieProfile.hardened();

/** Every ABI that some node of the reference runs, on that node. */
const PLACES = hardened.nodes.flatMap(node => hardened.forNode(node).architectures!.map(architecture => ({ node, architecture })));
type Place = typeof PLACES[number];

const namesOn = ({ architecture }: Place) => allNames().filter(name => numberOf(architecture.value, name) !== undefined);
const isS390 = ({ architecture }: Place) => architecture === SeccompArchitecture.S390X;
/** Clone's flags, where the place has them. */
const flagged = (place: Place, flags: string) => isS390(place) ? ['0x3ffe0000000', flags] : [flags, '0x7ffc7e020000'];

/** `allow`, or the errno. */
function answers(profile: SeccompProfile, runtime = NEWEST): (place: Place, syscall: string, args?: string[]) => string {
  const documents = new Map(profile.nodes.map(node => [node, profile.forNode(node)]));
  return ({ node, architecture }, syscall, args) => {
    const { kind, action, errno } = documents.get(node)!.decide({ architecture, node, syscall, args, runtime });
    if (kind !== DecisionKind.ACTION) return kind;
    return action === SeccompAction.ALLOW ? 'allow' : `${action} ${errno}`;
  };
}

const hardenedAnswer = answers(hardened);
const referenceAnswer = answers(reference);
const EPERM = 'SCMP_ACT_ERRNO 1';
const ENOSYS = 'SCMP_ACT_ERRNO 38';

const rulesOf = (group: HardeningGroup) => HARDENING[group]().flatMap(rule => rule._toDocument());
const namesOf = (group: HardeningGroup) => [...new Set(rulesOf(group).flatMap(({ names }) => names))];
const EXTRA = GROUPS.flatMap(namesOf);

test('denies in each group', () => {
  const condition = ({ index, s390Index, value, valueTwo }: ArgumentCondition) =>
    `arg${index}, on s390 arg${s390Index}, & 0x${value.toString(16)} == 0x${valueTwo!.toString(16)}`;
  const text = (group: HardeningGroup) => rulesOf(group).map(({ names, errnoRet, args = [] }) =>
    [...names, ...args.map(condition), `-> ${errnoRet}`].join(' '));
  expect(Object.fromEntries(GROUPS.map(group => [group, text(group)]))).toMatchSnapshot();
});

test('denies no call twice, and none that the reference denies', () => {
  expect(new Set(EXTRA).size).toBe(EXTRA.length);
  expect(PLACES.flatMap(place => EXTRA.filter(name => numberOf(place.architecture.value, name) !== undefined && referenceAnswer(place, name) !== 'allow')))
    .toStrictEqual([]);
});

test('has each call of each group on some node of the reference', () => {
  expect(EXTRA.filter(name => !PLACES.some(place => namesOn(place).includes(name)))).toStrictEqual([]);
});

test.each(GROUPS)('denies the whole group %s on each ABI that has its calls, and allows it by name', group => {
  const allowed = answers(MindieProfile.hardened({ allow: [group] }));
  const expected = group === HardeningGroup.OBSOLETE ? ENOSYS : EPERM;
  for (const place of PLACES) {
    for (const name of namesOf(group).filter(each => namesOn(place).includes(each))) {
      const args = name === 'clone' ? flagged(place, '0x10000011') : undefined;
      expect([place, name, hardenedAnswer(place, name, args)]).toStrictEqual([place, name, name === 'clone3' ? ENOSYS : expected]);
      expect([place, name, allowed(place, name, args)]).toStrictEqual([place, name, 'allow']);
    }
  }
});

test('answers every other call as the reference does, on every ABI', () => {
  const others = PLACES.flatMap(place => namesOn(place).filter(name => !EXTRA.includes(name)).map(name => ({ place, name })));
  expect(others.filter(({ place, name }) => hardenedAnswer(place, name) !== referenceAnswer(place, name))).toStrictEqual([]);
  expect([...new Set(others.map(({ place, name }) => referenceAnswer(place, name)))].sort()).toStrictEqual([EPERM, 'allow']);
});

const register = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

test('denies clone if, and only if, one of its flags makes a namespace, whatever stands beside them', () => {
  fc.assert(fc.property(fc.constantFrom(...PLACES), register, register, (place, flags, stack) => {
    const [own, other] = [flags.toString(), stack.toString()];
    const answer = hardenedAnswer(place, 'clone', isS390(place) ? [other, own] : [own, other]);
    expect(answer).toBe(flags & BigInt(CLONE_NEW) ? EPERM : 'allow');
  }), { numRuns: 2000 });
});

test.each([0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000])('denies clone with the flag %i alone', flag => {
  expect(PLACES.map(place => hardenedAnswer(place, 'clone', flagged(place, String(flag))))).toStrictEqual(PLACES.map(() => EPERM));
});

test('leaves what the NPU stack calls allowed', () => {
  const needed = ['get_mempolicy', 'set_mempolicy', 'mbind', 'migrate_pages', 'move_pages', 'set_mempolicy_home_node', 'process_vm_readv',
    'process_vm_writev', 'sched_setaffinity', 'ioctl', 'mmap', 'memfd_create'];
  const places = PLACES.flatMap(place => needed.filter(name => namesOn(place).includes(name)).map(name => hardenedAnswer(place, name)));
  expect(new Set(places)).toStrictEqual(new Set(['allow']));
});

test('would deny every socket of 32-bit x86 programs with a family of sockets, so it denies none', () => {
  const AF_ALG = 38;
  const SYS_SOCKET = '1';
  const withoutFamily = answers(SeccompProfile.denylist({ rules: [SyscallRule.deny('socket').when(SyscallArgument.int32(0).isOneOf([AF_ALG]))] }));
  const place = { node: NodeArchitecture.AMD64, architecture: SeccompArchitecture.X86 };
  expect(withoutFamily(place, 'socketcall', [SYS_SOCKET])).toBe(EPERM);
  expect(hardenedAnswer(place, 'socketcall', [SYS_SOCKET])).toBe('allow');
});

const LIBCS = [...Array.from({ length: 11 }, (_, index) => Libc.glibc(`2.${33 + index}`)), Libc.musl()];
const RUNTIMES = [...ContainerRuntime.shipped(), NEWEST, ContainerRuntime.crun('1.28', { libseccomp: '2.6.1' })];

test.each(hardened.nodes)('starts threads of every C library on %s nodes', node => {
  // runc 1.1.5 refuses whatever lists RISCV64.
  const runtimes = RUNTIMES.filter(({ name, version }) => !(node === NodeArchitecture.RISCV64 && name === 'runc' && version === '1.1.5'));
  for (const profile of [hardened, MindieProfile.debugging()].map(each => each.forNode(node))) {
    for (const runtime of runtimes) {
      const starts = LIBCS.flatMap(libc => profile.architectures!.map(architecture => profile.threads({ libc, architecture, runtime, node }).start));
      expect(new Set(starts)).toStrictEqual(new Set([ThreadStart.WORKS]));
    }
  }
});
