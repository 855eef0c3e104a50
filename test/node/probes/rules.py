"""Prints, for each ABI named as an argument, what libseccomp makes of one rule without conditions for each name on stdin.

One JSON object: ABI -> name -> list of [number, conditions]. Names that this libseccomp does not know are missing.
"""
import json
import re
import sys
import tempfile

import seccomp

SYSCALL = re.compile(r"if \(\$syscall == (\d+)\)")
CONDITION = re.compile(r"if \((\$a.*)\)")


def is_known(name):
    try:
        return seccomp.resolve_syscall(seccomp.Arch(), name) != -1
    except ValueError:
        return False


def rules(abi, name):
    built = seccomp.SyscallFilter(seccomp.ALLOW)
    built.remove_arch(seccomp.Arch())
    built.add_arch(seccomp.Arch(abi))
    built.add_rule(seccomp.ERRNO(1), name)
    with tempfile.TemporaryFile("w+") as file:
        built.export_pfc(file)
        file.seek(0)
        lines = file.read().splitlines()
    found = []
    for line in lines:
        if match := SYSCALL.search(line):
            found.append([int(match[1]), []])
        elif found and (match := CONDITION.search(line)):
            found[-1][1].append(match[1])
    return found


names = list(filter(is_known, sys.stdin.read().split()))
print(json.dumps({abi: {name: rules(abi, name) for name in names} for abi in sys.argv[1:]}))
