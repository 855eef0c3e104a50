/**
 * What a container runs in the place of MindIE: it says how it is filtered, whether a hundred threads start, and what it gets for calls that the profiles
 * deny, as a line of JSON. Then it waits for its end.
 */
export const ROLE_PROGRAM = `
import ctypes, json, signal, sys, threading

libc = ctypes.CDLL(None, use_errno=True)

def errno_of(number, *arguments):
    ctypes.set_errno(0)
    return ctypes.get_errno() if libc.syscall(number, *arguments) == -1 else 0

def start_threads(count):
    gate = threading.Barrier(count + 1)
    for _ in range(count):
        threading.Thread(target=gate.wait, daemon=True).start()
    started = threading.active_count() - 1
    gate.wait()
    return started

status = open('/proc/self/status').read()
seccomp = int(status.split('Seccomp:')[1].split()[0])
# unshare(0) is refused by a filter alone.
print(json.dumps({'seccomp': seccomp, 'threads': start_threads(100), 'unshare': errno_of(272, 0), 'getpid': errno_of(39)}), flush=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
signal.pause()
`;

export interface RoleReport {
  /** As /proc says it: 0 is no filter, 2 is one. */
  readonly seccomp: number;
  readonly threads: number;
  /** Errno of the call, 0 if it succeeded. */
  readonly unshare: number;
  readonly getpid: number;
}

export const FILTERED: RoleReport = { seccomp: 2, threads: 100, unshare: 1, getpid: 0 };
export const UNFILTERED: RoleReport = { seccomp: 0, threads: 100, unshare: 0, getpid: 0 };
