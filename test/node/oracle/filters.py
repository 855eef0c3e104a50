"""Builds seccomp filters as runc and crun do, one document per line of stdin, and prints each as one line of JSON.

A line asks {"native": ABI of the node, "document": OCI document}. The answer is {"program": BPF in base64, "bigEndian": …},
{"refused": errno's name, "at": what libseccomp was asked} or {"died": signal}. libseccomp can crash or not come to an end, so each
filter is built by a child of its own, bounded in time and memory.
"""
import base64
import ctypes
import errno
import gc
import json
import os
import resource
import signal
import sys

SECONDS_PER_FILTER = 2
BYTES_PER_FILTER = 1 << 30
EPERM = 1
UNKNOWN_NAME = -1

# Which library this is, LD_LIBRARY_PATH decides.
libseccomp = ctypes.CDLL("libseccomp.so.2")
libseccomp.seccomp_init.restype = ctypes.c_void_p
libseccomp.seccomp_arch_resolve_name.restype = ctypes.c_uint32
libseccomp.seccomp_arch_native.restype = ctypes.c_uint32

OPERATORS = ["NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ"]
ACTIONS = {
    "KILL_PROCESS": 0x80000000,
    "KILL_THREAD": 0,
    "KILL": 0,
    "TRAP": 0x00030000,
    "ERRNO": 0x00050000,
    "NOTIFY": 0x7FC00000,
    "TRACE": 0x7FF00000,
    "LOG": 0x7FFC0000,
    "ALLOW": 0x7FFF0000,
}
WITH_DATA = ("ERRNO", "TRACE")
BIG_ENDIAN = ("M68K", "MIPS", "MIPS64", "MIPS64N32", "PARISC", "PARISC64", "PPC", "PPC64", "S390", "S390X", "SHEB")


class Comparison(ctypes.Structure):
    """struct scmp_arg_cmp"""

    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("datum_a", ctypes.c_uint64), ("datum_b", ctypes.c_uint64)]


class Version(ctypes.Structure):
    """struct scmp_version"""

    _fields_ = [("major", ctypes.c_uint), ("minor", ctypes.c_uint), ("micro", ctypes.c_uint)]


class Refused(Exception):
    pass


def demand(status, at):
    if status < 0:
        raise Refused({"refused": errno.errorcode.get(-status, str(status)), "at": at})


def token(architecture):
    found = libseccomp.seccomp_arch_resolve_name(architecture.removeprefix("SCMP_ARCH_").lower().encode())
    if found == 0:
        raise Refused({"refused": "EINVAL", "at": f"architecture {architecture}"})
    return found


def action(name, data):
    short = name.removeprefix("SCMP_ACT_")
    return ACTIONS[short] | ((EPERM if data is None else data) & 0xFFFF if short in WITH_DATA else 0)


def comparison(condition):
    operator = OPERATORS.index(condition["op"].removeprefix("SCMP_CMP_")) + 1
    return Comparison(condition["index"], operator, condition["value"], condition.get("valueTwo", 0))


def alternatives(conditions):
    """Conditions on one argument become rules of their own, all of them, as soon as two are on the same one."""
    if len({condition["index"] for condition in conditions}) < len(conditions):
        return [[condition] for condition in conditions]
    return [conditions]


def build(native, document):
    default = action(document["defaultAction"], document.get("defaultErrnoRet"))
    context = libseccomp.seccomp_init(ctypes.c_uint32(default))
    if not context:
        raise Refused({"refused": "EINVAL", "at": "default action"})
    context = ctypes.c_void_p(context)

    own = token(native)
    if own != libseccomp.seccomp_arch_native():
        demand(libseccomp.seccomp_arch_remove(context, ctypes.c_uint32(libseccomp.seccomp_arch_native())), "remove native")
        demand(libseccomp.seccomp_arch_add(context, ctypes.c_uint32(own)), native)
    for architecture in document.get("architectures", []):
        status = libseccomp.seccomp_arch_add(context, ctypes.c_uint32(token(architecture)))
        demand(0 if status == -errno.EEXIST else status, architecture)

    for rule in document.get("syscalls", []):
        wanted = action(rule["action"], rule.get("errnoRet"))
        rules = alternatives(rule.get("args", []))
        for name in rule["names"]:
            number = libseccomp.seccomp_syscall_resolve_name(name.encode())
            if number == UNKNOWN_NAME or wanted == default:
                continue
            for conditions in rules:
                array = (Comparison * len(conditions))(*map(comparison, conditions))
                demand(libseccomp.seccomp_rule_add_array(context, ctypes.c_uint32(wanted), number, len(conditions), array), name)

    file = os.memfd_create("filter")
    demand(libseccomp.seccomp_export_bpf(context, file), "export")
    program = os.pread(file, os.fstat(file).st_size, 0)
    return {"program": base64.b64encode(program).decode(), "bigEndian": native.removeprefix("SCMP_ARCH_") in BIG_ENDIAN}


def answer(line):
    """What a child does."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES_PER_FILTER, BYTES_PER_FILTER))
    signal.alarm(SECONDS_PER_FILTER)
    request = json.loads(line)
    try:
        result = build(request["native"], request["document"])
    except Refused as refused:
        (result,) = refused.args
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


def main():
    libseccomp.seccomp_version.restype = ctypes.POINTER(Version)
    version = libseccomp.seccomp_version().contents
    print(json.dumps({"libseccomp": f"{version.major}.{version.minor}.{version.micro}"}), flush=True)
    gc.disable()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            answer(line)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != 0:
            died = signal.Signals(-status).name if status < 0 else f"exit status {status}"
            print(json.dumps({"died": died}), flush=True)


main()
