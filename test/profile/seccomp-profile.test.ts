import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { documents } from './documents';
import { SeccompArchitecture, NodeArchitecture, SeccompProfile } from '../../src';

const FULL = `{
  "defaultAction": "SCMP_ACT_ERRNO",
  "defaultErrnoRet": 38,
  "architectures": [
    "SCMP_ARCH_X86_64",
    "SCMP_ARCH_X86"
  ],
  "flags": [
    "SECCOMP_FILTER_FLAG_LOG"
  ],
  "listenerPath": "/run/agent.sock",
  "listenerMetadata": "m",
  "syscalls": [
    {
      "names": [
        "clone"
      ],
      "action": "SCMP_ACT_ALLOW",
      "errnoRet": 0,
      "args": [
        {
          "index": 0,
          "value": 18446744073709551615,
          "valueTwo": 9007199254740993,
          "op": "SCMP_CMP_MASKED_EQ"
        }
      ]
    }
  ]
}
`;

describe('round trip', () => {
  test('prints the very text it read, 64-bit values included', () => {
    expect(SeccompProfile.fromJson(FULL).toJson()).toBe(FULL);
  });

  test('keeps the difference between an absent and an empty field', () => {
    const texts = ['{"defaultAction":"SCMP_ACT_LOG"}', '{"defaultAction":"SCMP_ACT_LOG","architectures":[],"syscalls":[]}'];
    expect(texts.map(text => JSON.stringify(JSON.parse(SeccompProfile.fromJson(text).toJson())))).toStrictEqual(texts);
  });

  test('prints fields in one order, whatever order they came in', () => {
    const reversed = '{"syscalls":[{"action":"SCMP_ACT_ALLOW","names":["read"]}],"defaultAction":"SCMP_ACT_ERRNO"}';
    const ordered = '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW"}]}';
    expect(SeccompProfile.fromJson(reversed).toJson()).toBe(SeccompProfile.fromJson(ordered).toJson());
  });

  test('reads back any document it printed, from text and from a parsed value', () => {
    fc.assert(fc.property(documents, document => {
      const profile = SeccompProfile.fromJson(document);
      expect(SeccompProfile.fromJson(profile.toJson()).toJson()).toBe(profile.toJson());
      expect(JSON.parse(profile.toJson())).toStrictEqual(JSON.parse(JSON.stringify(document)));
    }));
  });
});

describe('fails to read', () => {
  const rule = (fields: string) => `{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_LOG", ${fields}}]}`;
  const condition = (fields: string) => rule(`"args": [{"index": 0, "op": "SCMP_CMP_EQ", ${fields}}]`);

  test.each([
    ['text that is no JSON', '{"defaultAction" "x"}', '1:18: not JSON: colon expected'],
    ['no text', '', '1:1: not JSON: value expected'],
    ['a trailing comma', '{"defaultAction": "SCMP_ACT_ALLOW",}', '1:36: not JSON: property name expected'],
    ['a comment', '{"defaultAction": "SCMP_ACT_ALLOW"} // all', '1:37: not JSON: invalid comment token'],
    ['a list', '[]', '1:1: an array is not a seccomp profile, expected an object with defaultAction, defaultErrnoRet, architectures, flags, listenerPath, listenerMetadata, syscalls'],
    ['a missing default action', '{\n  "syscalls": []\n}', '1:1: defaultAction is missing, expected in every seccomp profile'],
    ['an unknown field', '{"defaultAction": "SCMP_ACT_ALLOW",\n "syscall": []}', '2:13: syscall: unknown field of a seccomp profile, expected one of defaultAction, defaultErrnoRet, architectures, flags, listenerPath, listenerMetadata, syscalls'],
    ['a field of another case', '{"DefaultAction": "SCMP_ACT_ALLOW"}', '1:19: DefaultAction: unknown field of a seccomp profile, expected one of defaultAction, defaultErrnoRet, architectures, flags, listenerPath, listenerMetadata, syscalls'],
    ['a field twice', '{"defaultAction": "SCMP_ACT_ALLOW", "defaultAction": "SCMP_ACT_ERRNO"}', '1:37: defaultAction: appears twice, expected once: a runtime would use only the last'],
    ['an unknown action', '{"defaultAction": "ALLOW"}', '1:19: defaultAction: "ALLOW" is not an action of the OCI runtime-spec, expected one of SCMP_ACT_KILL, SCMP_ACT_KILL_PROCESS, SCMP_ACT_KILL_THREAD, SCMP_ACT_TRAP, SCMP_ACT_ERRNO, SCMP_ACT_TRACE, SCMP_ACT_ALLOW, SCMP_ACT_LOG, SCMP_ACT_NOTIFY'],
    ['an unknown flag', '{"defaultAction": "SCMP_ACT_LOG", "flags": ["LOG"]}', '1:45: flags[0]: "LOG" is not a flag of the OCI runtime-spec, expected one of SECCOMP_FILTER_FLAG_TSYNC, SECCOMP_FILTER_FLAG_LOG, SECCOMP_FILTER_FLAG_SPEC_ALLOW, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV'],
    ['no names', '{"defaultAction": "SCMP_ACT_LOG", "syscalls": [{"names": [], "action": "SCMP_ACT_LOG"}]}', '1:58: syscalls[0].names: is empty, expected at least one system call name'],
    ['an empty name', '{"defaultAction": "SCMP_ACT_LOG", "syscalls": [{"names": [""], "action": "SCMP_ACT_LOG"}]}', '1:59: syscalls[0].names[0]: "" is not a system call name, expected one such as "clone3"'],
    ['a name that is no string', '{"defaultAction": "SCMP_ACT_LOG", "syscalls": [{"names": [435], "action": "SCMP_ACT_LOG"}]}', '1:59: syscalls[0].names[0]: 435 is not a string, expected one'],
    ['a null', '{"defaultAction": "SCMP_ACT_LOG", "syscalls": null}', '1:47: syscalls: null is not a list, expected an array'],
    ['an errno that is no integer', rule('"errnoRet": 1.5'), '1:108: syscalls[0].errnoRet: 1.5 is out of range, expected an unsigned 32-bit integer'],
    ['a negative errno', rule('"errnoRet": -1'), '1:108: syscalls[0].errnoRet: -1 is out of range, expected an unsigned 32-bit integer'],
    ['an errno above 32 bit', rule('"errnoRet": 4294967296'), '1:108: syscalls[0].errnoRet: 4294967296 is out of range, expected an unsigned 32-bit integer'],
    ['a value above 64 bit', condition('"value": 18446744073709551616'), '1:148: syscalls[0].args[0].value: 18446744073709551616 is out of range, expected an unsigned 64-bit integer'],
    ['a missing value', condition('"valueTwo": 1'), '1:105: syscalls[0].args[0]: value is missing, expected in every argument condition'],
    ['a seventh argument', rule('"args": [{"index": 6, "op": "SCMP_CMP_EQ", "value": 1}]'), '1:115: syscalls[0].args[0].index: 6 is out of range, expected the index of an argument, 0 to 5'],
  ])('%s', (_, text, message) => {
    expect(() => SeccompProfile.fromJson(text)).toThrow(new Error(message));
  });

  test('a number that JavaScript has rounded', () => {
    const args = [{ index: 0, value: 2 ** 53, op: 'SCMP_CMP_EQ' }];
    expect(() => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_LOG', syscalls: [{ names: ['clone'], action: 'SCMP_ACT_ALLOW', args }] })).toThrow(
      'syscalls[0].args[0].value: 9007199254740992 is above 2^53 and may have been rounded already, expected an exact integer: pass the JSON text instead of the parsed value');
  });

  test('a document nested beyond reason', () => {
    expect(() => SeccompProfile.fromJson('['.repeat(200_000))).toThrow('nested too deeply to be read');
  });

  test('the architecture that libseccomp knows and the specification does not', () => {
    expect(() => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_LOG', architectures: ['SCMP_ARCH_NATIVE'] }))
      .toThrow(/^architectures\[0\]: "SCMP_ARCH_NATIVE" is not an architecture of the OCI runtime-spec, expected one of SCMP_ARCH_X86, /);
  });
});

describe('fromFile', () => {
  const directory = mkdtempSync(join(tmpdir(), 'profile-'));
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };
  afterAll(() => rmSync(directory, { recursive: true }));

  test('reads a file', () => {
    expect(SeccompProfile.fromFile(file('full.json', FULL)).toJson()).toBe(FULL);
  });

  test('fails with file, line and column', () => {
    const path = file('bad.json', '{\n  "defaultAction": "SCMP_ACT_ALLOW",\n  "archMap": []\n}');
    expect(() => SeccompProfile.fromFile(path)).toThrow(`${path}:3:14: archMap: is a field of Docker's profile format`);
  });

  test('fails where there is no file', () => {
    expect(() => SeccompProfile.fromFile('/nowhere/x.json')).toThrow(new Error('/nowhere/x.json: cannot be read: no such file'));
  });

  test('fails on bytes that are no text', () => {
    const path = file('binary.json', Buffer.from([0x7b, 0xff, 0x7d]));
    expect(() => SeccompProfile.fromFile(path)).toThrow(new Error(`${path}: cannot be read: not UTF-8`));
  });
});

describe('forNode', () => {
  const profile = (architectures?: string[]) => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures });

  test('keeps the architectures of the node, in the order of the document', () => {
    const both = profile(['SCMP_ARCH_X86', 'SCMP_ARCH_S390X', 'SCMP_ARCH_ARM', 'SCMP_ARCH_X86_64']);
    expect(both.forNode(NodeArchitecture.AMD64).architectures).toStrictEqual([SeccompArchitecture.X86, SeccompArchitecture.X86_64]);
    expect(both.forNode(NodeArchitecture.ARM64).architectures).toStrictEqual([SeccompArchitecture.ARM]);
    expect(both.nodes).toStrictEqual([NodeArchitecture.AMD64, NodeArchitecture.ARM64, NodeArchitecture.ARM, NodeArchitecture.S390X]);
  });

  test('leaves the document it came from as it was', () => {
    const both = profile(['SCMP_ARCH_X86', 'SCMP_ARCH_S390X']);
    both.forNode(NodeArchitecture.AMD64);
    expect(both.architectures).toHaveLength(2);
  });

  test.each([[undefined], [[]]])('returns a document without a list as it is (%j)', architectures => {
    const native = profile(architectures);
    expect(native.forNode(NodeArchitecture.RISCV64).toJson()).toBe(native.toJson());
    expect(native.nodes).toHaveLength(NodeArchitecture.all().length);
  });

  test('fails when nothing is left', () => {
    expect(() => profile(['SCMP_ARCH_X86_64']).forNode(NodeArchitecture.ARM64))
      .toThrow(new Error('architectures: SCMP_ARCH_X86_64 names nothing that arm64 nodes run, expected at least one of SCMP_ARCH_AARCH64, SCMP_ARCH_ARM'));
  });
});
