import { realpathSync } from 'fs';
import { join } from 'path';
import { MindieProfile, SeccompProfile } from '../../src';
import { OCI_RUNTIMES, OciNode, Program } from './runtimes/oci-node';
import { python } from './runtimes/runtimes';
import { readReport } from './runtimes/syscall-report';

let node: OciNode;
let musl: Program;

beforeAll(async () => {
  node = await OciNode.start();
  const program = join(node.node.makeDirectory('musl'), 'threads');
  await node.node.runOrThrow(['musl-gcc', '-static', '-o', program, join(__dirname, 'probes', 'threads.c')]);
  musl = { args: ['/opt/threads'], mounts: [{ source: program, destination: '/opt/threads' }] };
});

afterAll(async () => node.stop());

const NODE_PROGRAM = `
  const { Worker } = require('worker_threads');
  const { readFile } = require('fs/promises');
  const worker = new Worker('require("worker_threads").parentPort.postMessage("worker")', { eval: true });
  worker.on('message', async message => console.log(message, (await readFile('/proc/self/comm', 'utf8')).trim()));
`;

const NODE: Program = {
  args: ['/opt/node', '-e', NODE_PROGRAM],
  // By default it leaves io_uring alone; asked for it, it has to fall back.
  env: { UV_USE_IO_URING: '1' },
  mounts: [{ source: realpathSync(process.execPath), destination: '/opt/node' }],
};

const JAVA: Program = { args: ['/usr/bin/java', '-XX:+UseParallelGC', '-XX:ParallelGCThreads=4', '-Xlog:os+thread', '-version'] };

const GDB = ['/usr/bin/gdb', '-nx', '-batch'];
const GDB_RUN: Program = { args: [...GDB, '-ex', 'set startup-with-shell off', '-ex', 'run', '--args', '/bin/busybox', 'true'] };
const GDB_ATTACH: Program = {
  args: ['/usr/bin/python3', '-I', '-c', `
import ctypes, os, subprocess
PR_SET_PTRACER, PR_SET_PTRACER_ANY = 0x59616d61, -1
ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_long(PR_SET_PTRACER_ANY))
subprocess.run([*${JSON.stringify(GDB)}, "-p", str(os.getpid())], check=True)
`],
};
const STRACE: Program = { args: ['/usr/bin/strace', '-f', '-e', 'trace=exit_group', '/bin/busybox', 'sh', '-c', 'exit 0'] };

describe.each(OCI_RUNTIMES)('%s', runtime => {
  describe.each([
    ['reference', MindieProfile.reference()],
    ['hardened', MindieProfile.hardened()],
    ['debugging', MindieProfile.debugging()],
  ])('under %s', (_, profile) => {
    test('starts threads and processes in Python and numpy, sets memory policies and reads memory as without a profile', async () => {
      const report = readReport(await node.run(runtime, { args: python('works.py') }, profile));
      expect(report).toStrictEqual(readReport(await node.run(runtime, { args: python('works.py') })));
      expect(report).toStrictEqual({
        'threads': 20,
        'posix_spawn': 7,
        'system': 7,
        'subprocess': 7,
        'multiprocessing': { fork: 7, spawn: 7, forkserver: 7 },
        'numpy': 600,
        'process_vm_readv': 'seen',
        'affinity': 'set',
        'memory policy': expect.any(Object),
      });
    });

    test('starts workers in Node', async () => {
      expect(await node.run(runtime, NODE, profile)).toMatchObject({ status: 0, stdout: 'worker node\n', stderr: '' });
    });

    test('starts the threads of a Java virtual machine', async () => {
      const { status, stdout } = await node.run(runtime, JAVA, profile);
      expect(status).toBe(0);
      expect(stdout).toMatch(/Thread "GC Thread#0" started/);
    });

    test('starts threads with musl', async () => {
      expect(await node.run(runtime, musl, profile)).toMatchObject({ status: 0, stdout: 'started\n' });
    });
  });

  describe('a debugger', () => {
    const attempts: [string, Program, RegExp, RegExp][] = [
      ['runs a program in gdb', GDB_RUN, /exited normally/, /ptrace: Operation not permitted/],
      ['attaches gdb to a process', GDB_ATTACH, /Inferior 1 \(process \d+\) detached/, /ptrace: Operation not permitted/],
      ['follows a program in strace', STRACE, /exit_group\(0\)/, /PTRACE_\w+.*Operation not permitted/],
    ];
    const output = async (program: Program, profile?: SeccompProfile) => {
      const { stdout, stderr } = await node.run(runtime, program, profile);
      return stdout + stderr;
    };

    test.each(attempts)('%s under debugging as without a profile, and fails to under hardened', async (_, program, success, failure) => {
      expect(await output(program)).toMatch(success);
      expect(await output(program, MindieProfile.debugging())).toMatch(success);
      expect(await output(program, MindieProfile.hardened())).toMatch(failure);
    });
  });
});
