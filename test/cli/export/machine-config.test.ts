import { createHash } from 'crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { cloudInit } from '../../../src/cli/export/cloud-init';
import { ignition } from '../../../src/cli/export/ignition';
import { kind } from '../../../src/cli/export/kind';
import { talos } from '../../../src/cli/export/talos';
import { execute } from '../scenario';

const PLACE = { kubeletRoot: '/var/lib/kubelet', localhostProfile: 'profiles/app.json' };
/** Python reads YAML 1.1, Go something between. */
const VERSIONS = ['1.1', '1.2'] as const;

const PROFILE = `{ "defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"], "syscalls": [
  { "names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 18446744073709551615, "op": "SCMP_CMP_EQ" }] }] }`;
const directory = mkdtempSync(join(tmpdir(), 'machine-config-'));
beforeAll(() => writeFileSync(join(directory, 'app.json'), PROFILE));
afterAll(() => rmSync(directory, { recursive: true }));

const cli = (...argv: string[]) => execute(argv, directory).stdout;

describe.each(['amd64', 'arm64'])('for %s', arch => {
  const document = () => cli('for-node', 'app.json', arch);
  const exported = (format: string) => cli('export', 'app.json', '--format', format, '--arch', arch);

  test('places the bytes of for-node with Ignition', () => {
    const { ignition: { version }, storage: { files: [file, ...others] } } = JSON.parse(exported('ignition'));
    const [, data] = /^data:application\/json;base64,(.*)$/.exec(file.contents.source)!;
    expect({ version, others, path: file.path }).toStrictEqual({ version: '3.0.0', others: [], path: '/var/lib/kubelet/seccomp/profiles/app.json' });
    expect(Buffer.from(data, 'base64').toString()).toBe(document());
    expect(file.contents.verification.hash).toBe(`sha512-${createHash('sha512').update(document()).digest('hex')}`);
  });

  test.each(VERSIONS)('places the bytes of for-node with cloud-init, read as YAML %s', version => {
    expect(parse(exported('cloud-init'), { version })).toStrictEqual({
      write_files: [{ path: '/var/lib/kubelet/seccomp/profiles/app.json', owner: 'root:root', permissions: '0644', content: document() }],
    });
  });

  test.each(VERSIONS)('gives Talos the values of for-node, read as YAML %s', version => {
    const options = { version, intAsBigInt: true };
    expect(parse(exported('talos'), options)).toStrictEqual({
      machine: { seccompProfiles: [{ name: 'app.json', value: parse(document(), options) }] },
    });
    expect(exported('talos')).toContain('value: 18446744073709551615\n');
  });

  test('tells for kind what the file has to be', () => {
    expect(exported('kind')).toContain(`\n#   ${createHash('sha256').update(document()).digest('hex')}\n`);
  });
});

test('carries any string', () => {
  const readers = VERSIONS.map(version => (text: string) => parse(text, { version }));
  const words = fc.constantFrom('yes', 'n', 'null', '~', '', '0o17', '017', '1_000', '1:20', '2001-01-01', '.5', '<<', '=', '- x', 'a: b', '# c', ' d ', '\ufeff', '\u0085', '\u2028');
  fc.assert(fc.property(fc.oneof(words, fc.string({ unit: 'binary' })), listenerMetadata => {
    const value = { defaultAction: 'SCMP_ACT_ALLOW', listenerMetadata };
    const document = `${JSON.stringify(value, undefined, 2)}\n`;
    for (const read of readers) {
      expect(read(talos(document, PLACE)).machine.seccompProfiles[0].value).toStrictEqual(value);
      const { content, encoding } = read(cloudInit(document, PLACE)).write_files[0];
      expect(encoding ? Buffer.from(content, 'base64').toString() : content).toBe(document);
    }
    expect(Buffer.from(JSON.parse(ignition(document, PLACE)).storage.files[0].contents.source.split(',')[1], 'base64').toString()).toBe(document);
  }));
});

test('carries any path that pods can name', () => {
  const localhostProfile = 'profiles/ä b#\u0085\u2028😀.json';
  const path = `/var/lib/kubelet/seccomp/${localhostProfile}`;
  for (const version of VERSIONS) {
    expect(parse(cloudInit('{}\n', { ...PLACE, localhostProfile }), { version }).write_files[0].path).toBe(path);
    expect(parse(talos('{}\n', { ...PLACE, localhostProfile }), { version }).machine.seccompProfiles[0].name).toBe(localhostProfile.slice('profiles/'.length));
    expect(parse(kind('{}\n', { ...PLACE, localhostProfile }), { version }).nodes).toHaveLength(1);
  }
  expect(JSON.parse(ignition('{}\n', { ...PLACE, localhostProfile })).storage.files[0].path).toBe(path);
});
