"""Prints one line of JSON that says whether threads start in this container, and how the kernel or a seccomp filter answers the calls for them.

NODE, MODE  what the line is about: the name of the node, and the seccomp mode that the container was given
STAY        if not empty, sleep after the line, else exit: 0 threads start, 1 they do not, 2 it cannot be told

Started by thread-probe.sh, to which it goes back where Python is a minimal one. It changes nothing outside of its own children. Python 3.6 or later.
"""
import os

try:
    import ctypes
    import errno
    import json
    import platform
    import resource
    import select
    import signal
    import struct
    import sys
    import time
except ImportError:
    # A minimal Python, such as Debian's python3-minimal, lacks some of them.
    os.environ["PYTHON"] = ""
    os.execv("/bin/sh", ["sh", os.path.join(os.path.dirname(os.path.abspath(__file__)), "thread-probe.sh")])

DEADLINE_SECONDS = 5
CLONE_ARGS_SIZE = 88
# CLONE_THREAD without CLONE_SIGHAND, which the kernel refuses with EINVAL: an answer, and no thread.
GLIBC_THREAD_FLAGS_REFUSED = 0x3D0700
MUSL_THREAD_FLAGS_REFUSED = 0x7D0700
CLONE_NEWUSER = 0x10000000
NO_SUCH_UNSHARE_FLAG = 0x1
REACHED_KERNEL = ("EFAULT", "EINVAL", "E2BIG")
CRASHED = ("undone", "hung", "died")
WORKING = ("works", "falls-back", "clone3-unused", "unfiltered")

CLONE = {"x86_64": 56, "aarch64": 220, "riscv64": 220, "loongarch64": 220, "mips64": 5055, "mips": 4120}
CLONE3 = {"mips64": 5435, "mips": 4435}


def name_of(number):
    return errno.errorcode.get(number, "errno %d" % number)


def architecture():
    """Returns the machine of uname -m, corrected for 32-bit programs on a 64-bit kernel."""
    machine = platform.machine()
    if struct.calcsize("P") == 8:
        return machine
    return {"x86_64": "i686", "aarch64": "armv7l", "mips64": "mips"}.get(machine, machine)


def libc_of(libc):
    try:
        return os.confstr("CS_GNU_LIBC_VERSION")
    except (ValueError, OSError):
        pass
    if hasattr(libc, "gnu_get_libc_version"):
        libc.gnu_get_libc_version.restype = ctypes.c_char_p
        return "glibc " + libc.gnu_get_libc_version().decode()
    try:
        return "musl" if any(name.startswith("ld-musl-") for name in os.listdir("/lib")) else None
    except OSError:
        return None


def called(function, *arguments):
    """Returns `ok` or the name of the errno."""
    ctypes.set_errno(0)
    return "ok" if function(*arguments) == 0 else name_of(ctypes.get_errno())


def long(value):
    return ctypes.c_long(value)


def call_clone3(libc, machine):
    """Calls clone3 with a null pointer for its arguments; the kernel itself answers EFAULT."""
    answer = called(libc.syscall, long(CLONE3.get(machine, 435)), None, long(CLONE_ARGS_SIZE))
    return "undone" if answer == "ok" else answer


def call_clone(libc, machine, is_musl):
    flags = long(MUSL_THREAD_FLAGS_REFUSED if is_musl else GLIBC_THREAD_FLAGS_REFUSED)
    arguments = (None, flags) if machine.startswith("s390") else (flags, None)
    answer = called(libc.syscall, long(CLONE.get(machine, 120)), *(arguments + (None, None, None)))
    return "undone" if answer == "ok" else answer


def start_thread(libc):
    """Starts a thread that runs time(&ran): a function of the C library needs no memory that is both writable and executable."""
    library = libc if hasattr(libc, "pthread_create") else ctypes.CDLL("libpthread.so.0")
    thread = ctypes.c_void_p()
    ran = ctypes.c_longlong(0)
    error = library.pthread_create(ctypes.byref(thread), None, ctypes.cast(libc.time, ctypes.c_void_p), ctypes.byref(ran))
    if error != 0:
        return name_of(error)
    library.pthread_join(thread, None)
    return "ok" if ran.value != 0 else "undone"


class Undone(Exception):
    """A filter answered 0 in place of the kernel, so no child was made."""


def in_child(action):
    """Returns the answer of an action in a child, because a filter may kill the caller. Raises OSError if there can be no child."""
    parent = os.getpid()
    reader, writer = os.pipe()
    try:
        child = os.fork()
        if child == 0 and os.getpid() == parent:
            raise Undone()
        if child == 0:
            try:
                os.write(writer, action().encode())
            finally:
                os._exit(0)
        os.close(writer)
        writer = None
        in_time = select.select([reader], [], [], DEADLINE_SECONDS)[0]
        answer = os.read(reader, 100).decode() if in_time else ""
        if not in_time:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        if not in_time:
            return "hung"
        return answer or (signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "died")
    finally:
        os.close(reader)
        if writer is not None:
            os.close(writer)


def attempt(action, facts):
    """Runs an action in a child if there can be one. EAGAIN may come from the child itself, so the action is then tried without one."""
    try:
        answer = in_child(action)
        facts["fork"] = "ok"
    except Undone:
        facts["fork"] = "undone"
        return None
    except OSError as error:
        facts["fork"] = name_of(error.errno)
        return action()
    return action() if answer == "EAGAIN" else answer


def status_field(key):
    try:
        with open("/proc/self/status") as status:
            values = [line.split()[1] for line in status if line.startswith(key + ":")]
        return int(values[0]) if values else None
    except OSError:
        return None


def pids(name):
    """Finds the container's cgroup, version 2 or 1, which may or may not be the root of the visible tree. Limits above it are not visible."""
    directories = []
    try:
        with open("/proc/self/cgroup") as groups:
            for line in groups:
                _, controllers, path = line.rstrip("\n").split(":", 2)
                if controllers == "":
                    directories.append("/sys/fs/cgroup" + path)
                elif controllers == "pids":
                    directories.append("/sys/fs/cgroup/pids" + path)
    except OSError:
        pass
    for directory in directories + ["/sys/fs/cgroup", "/sys/fs/cgroup/pids"]:
        try:
            with open(os.path.join(directory, name)) as file:
                value = file.read().strip()
            # A line of pids.events is "max 7".
            value = value.split()[-1]
            return value if value == "max" else int(value)
        except (OSError, ValueError, IndexError):
            continue
    return None


def threads_of(uid):
    """Counts the visible threads of the user. RLIMIT_NPROC also counts those of other containers."""
    count = 0
    for directory in os.listdir("/proc"):
        path = os.path.join("/proc", directory)
        try:
            if directory.isdigit() and os.stat(path).st_uid == uid:
                count += len(os.listdir(os.path.join(path, "task")))
        except OSError:
            pass
    return count


def gather():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    machine = architecture()
    name = libc_of(libc)
    soft = resource.getrlimit(resource.RLIMIT_NPROC)[0]
    facts = {
        "probe": "thread-probe/1",
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "node": os.environ.get("NODE", ""),
        "mode": os.environ.get("MODE", ""),
        "architecture": machine,
        "kernel": platform.release(),
        "libc": name,
        "by": "python " + platform.python_version(),
        "uid": os.getuid(),
        "seccomp": status_field("Seccomp"),
        "filters": status_field("Seccomp_filters"),
        "fork": None,
        "nproc": {"current": threads_of(os.getuid()), "max": "max" if soft == resource.RLIM_INFINITY else soft},
    }
    hits = pids("pids.events")
    facts["clone3"] = attempt(lambda: call_clone3(libc, machine), facts)
    facts["clone"] = attempt(lambda: call_clone(libc, machine, name == "musl"), facts)
    facts["thread"] = attempt(lambda: start_thread(libc), facts) or "undone"
    # Number of times that a limit was hit here; until Linux 6.11 also limits of groups above, which are not visible.
    hits = None if hits is None else pids("pids.events") - hits
    facts["pids"] = {"current": pids("pids.current"), "max": pids("pids.max"), "hits": hits}
    facts["unshare"] = attempt(lambda: called(libc.unshare, NO_SUCH_UNSHARE_FLAG), facts)
    # In a child, because in this process it would change something.
    facts["unshareUser"] = in_child(lambda: called(libc.unshare, CLONE_NEWUSER)) if facts["fork"] == "ok" else None
    # EFAULT is the kernel's own answer: it reads the path before it checks the capability.
    facts["mount"] = attempt(lambda: called(libc.mount, None, None, None, long(0), None), facts)
    facts["unseen"] = [key for key in ("libc", "seccomp", "clone3", "clone", "unshare", "unshareUser", "mount") if facts[key] is None]
    return facts


def verdict(facts):
    thread, clone3, clone = facts["thread"], facts["clone3"], facts["clone"]
    is_musl = facts["libc"] == "musl"
    if thread == "ok":
        if clone3 in REACHED_KERNEL:
            return "works"
        return "falls-back" if clone3 == "ENOSYS" else "clone3-unused"
    if thread in CRASHED or thread.startswith("SIG"):
        return "killed" if facts["seccomp"] else "undecided"
    by_seccomp = {None: "undecided", 0: "not-seccomp"}
    # After ENOSYS glibc falls back to clone.
    if thread == clone3 != "ENOSYS" and not is_musl:
        return by_seccomp.get(facts["seccomp"], "clone3-denied")
    if clone != "EINVAL" and (is_musl or clone == thread):
        return by_seccomp.get(facts["seccomp"], "clone-denied")
    if thread == "EAGAIN":
        return limit(facts)
    return by_seccomp.get(facts["seccomp"], "clone-denied")


def limit(facts):
    if is_reached(facts["pids"]) or facts["pids"]["hits"]:
        return "pids-limit"
    if facts["uid"] != 0 and is_reached(facts["nproc"]):
        return "process-limit"
    return "undecided" if may_be_a_filter(facts) else "unseen-limit"


def is_reached(count):
    return isinstance(count["current"], int) and isinstance(count["max"], int) and count["current"] >= count["max"]


def may_be_a_filter(facts):
    """True if a filter may be the cause: musl reports EAGAIN for any answer of a filter, which may test flags, but a limit would stop a child too."""
    return facts["libc"] == "musl" and facts["seccomp"] != 0 and facts["fork"] == "ok"


def stay():
    """Sleeps as a program that is smaller than Python."""
    try:
        os.execvp("sleep", ["sleep", "2147483647"])
    except OSError:
        while True:
            signal.pause()


def main():
    facts = gather()
    facts["verdict"] = verdict(facts)
    # One write, so that nothing comes in between.
    os.write(1, (json.dumps(facts, separators=(",", ":")) + "\n").encode())
    if os.environ.get("STAY"):
        stay()
    sys.exit(0 if facts["verdict"] in WORKING else 2 if facts["verdict"] == "undecided" else 1)


if __name__ == "__main__":
    main()
