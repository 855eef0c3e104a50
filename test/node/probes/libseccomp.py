"""Builds the filter of the seccomp document on stdin as a runtime does and prints its size, or why libseccomp refuses it.

A runtime's filter begins with the architecture of the machine. Here the document's own take its place, so that the documents of
other machines can be built too.
"""
import json
import sys
import tempfile

import seccomp

BPF_INSTRUCTION_BYTES = 8
EPERM = 1

COMPARISONS = {name: getattr(seccomp, name) for name in ("NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ")}


def action(name, errno):
    if name == "SCMP_ACT_ERRNO":
        return seccomp.ERRNO(EPERM if errno is None else errno)
    return getattr(seccomp, name.removeprefix("SCMP_ACT_"))


def argument(condition):
    comparison = COMPARISONS[condition["op"].removeprefix("SCMP_CMP_")]
    return seccomp.Arg(condition["index"], comparison, condition["value"], condition.get("valueTwo", 0))


def is_known(name):
    try:
        return seccomp.resolve_syscall(seccomp.Arch(), name) != -1
    except ValueError:
        return False


def build(document):
    default = action(document["defaultAction"], document.get("defaultErrnoRet"))
    built = seccomp.SyscallFilter(default)
    architectures = [seccomp.Arch(name.removeprefix("SCMP_ARCH_").lower()) for name in document.get("architectures", [])]
    if architectures:
        built.remove_arch(seccomp.Arch())
    for architecture in architectures:
        built.add_arch(architecture)
    for rule in document.get("syscalls", []):
        wanted = action(rule["action"], rule.get("errnoRet"))
        for name in filter(is_known, rule["names"]):
            if wanted != default:
                built.add_rule(wanted, name, *map(argument, rule.get("args", [])))
    return built


try:
    with tempfile.TemporaryFile() as file:
        build(json.load(sys.stdin)).export_bpf(file)
        print(json.dumps({"instructions": file.tell() // BPF_INSTRUCTION_BYTES}))
except RuntimeError as error:
    print(json.dumps({"error": str(error)}))
