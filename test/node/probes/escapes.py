"""Tries what a denylist of old calls leaves open, and prints the errno of each attempt, 0 where it succeeds.

Where an attempt needs a capability, its arguments are such that the kernel finds fault with them first: it answers anything but EPERM.
The second object is what the mount calls answer in a user namespace, with all capabilities there; null if none can be made.
argv[1] is a JSON object with the numbers of all calls by their names.
"""
import ctypes
import json
import os
import signal
import struct
import sys

CLONE_NEWNS, CLONE_NEWUSER, CLONE_THREAD = 0x20000, 0x10000000, 0x10000
NAMESPACES = {
    "mnt": CLONE_NEWNS, "cgroup": 0x2000000, "uts": 0x4000000, "ipc": 0x8000000, "pid": 0x20000000, "net": 0x40000000,
}
AT_FDCWD = -100
FSCONFIG_CMD_CREATE = 6
MOVE_MOUNT_F_EMPTY_PATH = 4
OPEN_TREE_CLONE = 1
UFFD_USER_MODE_ONLY = 1
KEY_SPEC_PROCESS_KEYRING = -2
KEYCTL_GET_KEYRING_ID = 0

libc = ctypes.CDLL(None, use_errno=True)


numbers = json.loads(sys.argv[1])


def call(name, *arguments):
    """The result, or the negative errno."""
    result = libc.syscall(ctypes.c_long(numbers[name]), *[
        ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments])
    return -ctypes.get_errno() if result == -1 else result


def clone(flags):
    return call("clone", flags | signal.SIGCHLD, 0, 0, 0, 0)


def clone3(flags):
    arguments = ctypes.create_string_buffer(struct.pack("8Q", flags, 0, 0, 0, signal.SIGCHLD, 0, 0, 0))
    return call("clone3", arguments, 64)


def fork(make, body=lambda: 0):
    """What `body` returns in the child that `make` makes, or the negative errno of `make`."""
    reader, writer = os.pipe()
    pid = make()
    if pid == 0:
        os.write(writer, json.dumps(body()).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as result:
        if pid < 0:
            return pid
        os.waitpid(pid, 0)
        return json.loads(result.read())


def mount_tmpfs():
    context = call("fsopen", b"tmpfs", 0)
    if context < 0:
        return context
    created = call("fsconfig", context, FSCONFIG_CMD_CREATE, None, None, 0)
    mount = call("fsmount", context, 0, 0) if created == 0 else created
    return call("move_mount", mount, b"", AT_FDCWD, b"/tmp", MOVE_MOUNT_F_EMPTY_PATH) if mount >= 0 else mount


def steal_descriptor():
    return call("pidfd_getfd", os.pidfd_open(os.getppid()), 1, 0)


OUTSIDE = {
    "clone user": lambda: fork(lambda: clone(CLONE_NEWUSER)),
    **{f"clone user {name}": lambda flag=flag: fork(lambda: clone(CLONE_NEWUSER | flag)) for name, flag in NAMESPACES.items()},
    # Without CLONE_SIGHAND no thread can be, which the kernel sees before it asks for capabilities.
    **{f"clone {name}": lambda flag=flag: clone(flag | CLONE_THREAD) for name, flag in NAMESPACES.items()},
    "clone user, garbage above": lambda: fork(lambda: clone(CLONE_NEWUSER | 0x7FFF_0000_0000_0000)),
    "clone3 user": lambda: fork(lambda: clone3(CLONE_NEWUSER)),
    "clone3 user mnt": lambda: fork(lambda: clone3(CLONE_NEWUSER | CLONE_NEWNS)),
    "mount by clone": lambda: fork(lambda: clone(CLONE_NEWUSER | CLONE_NEWNS), mount_tmpfs),
    "mount by clone3": lambda: fork(lambda: clone3(CLONE_NEWUSER | CLONE_NEWNS), mount_tmpfs),
    "unshare": lambda: call("unshare", CLONE_NEWUSER),
    "setns": lambda: call("setns", -1, 0),
    "pidfd_getfd": steal_descriptor,
    "kcmp": lambda: call("kcmp", os.getpid(), os.getppid(), 0, 1, 1),
    "process_madvise": lambda: call("process_madvise", -1, None, 0, 0, 1),
    "add_key": lambda: call("add_key", b"user", b"probe", b"x", 1, KEY_SPEC_PROCESS_KEYRING),
    "keyctl": lambda: call("keyctl", KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 1),
    "request_key": lambda: call("request_key", b"user", b"no such key", None, 0),
    "userfaultfd": lambda: call("userfaultfd", UFFD_USER_MODE_ONLY),
    "io_uring_setup": lambda: call("io_uring_setup", 1, ctypes.create_string_buffer(120)),
    "io_uring_enter": lambda: call("io_uring_enter", -1, 0, 0, 0, None, 0),
    "io_uring_register": lambda: call("io_uring_register", 0x7FFF_FFFF, 0, None, 0),
    "quotactl_fd": lambda: call("quotactl_fd", -1, 0, 0, None),
    "perf_event_open": lambda: call("perf_event_open", None, 0, -1, -1, -1),
    "bpf": lambda: call("bpf", 0, None, 1 << 20),
}

INSIDE = {
    "fsopen": lambda: call("fsopen", b"tmpfs", 0),
    "fsconfig": lambda: call("fsconfig", -1, 0, None, None, 0),
    "fsmount": lambda: call("fsmount", -1, 0, 0),
    "fspick": lambda: call("fspick", -1, b"x", 0),
    "move_mount": lambda: call("move_mount", -1, b"x", -1, b"x", 0),
    "open_tree": lambda: call("open_tree", AT_FDCWD, b"/tmp", OPEN_TREE_CLONE),
    "open_tree_attr": lambda: call("open_tree_attr", AT_FDCWD, b"/tmp", OPEN_TREE_CLONE, None, 0),
    "mount_setattr": lambda: call("mount_setattr", AT_FDCWD, b"/tmp", 0, ctypes.create_string_buffer(32), 32),
}


def errnos(attempts):
    return {name: max(0, -attempt()) for name, attempt in attempts.items()}


def outside():
    return {name: fork(os.fork, lambda: max(0, -attempt())) for name, attempt in OUTSIDE.items()}


inside = fork(lambda: clone(CLONE_NEWUSER | CLONE_NEWNS), lambda: errnos(INSIDE))
print(json.dumps([outside(), inside if isinstance(inside, dict) else None]))
