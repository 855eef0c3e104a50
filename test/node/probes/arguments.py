"""Makes each system call of the JSON list in argv[1] twice, in a child of its own, and prints what both returned: -errno for a failure.

A call is [number, arguments...]; an argument is a decimal number, or the name of something that is made here and the bits to flip in it, as
in "FILE 4294967296". Twice, so that what the first call changed shows in the second.
"""
import ctypes
import json
import os
import struct
import sys

PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, MAP_FIXED_NOREPLACE, PAGE = 3, 0x22, 0x100000, 4096
# Far from everything that a process has, also with another upper half.
AREA = 0x200000000000

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
assert libc.mmap(AREA, PAGE, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == AREA

made = {"ZEROS": AREA, "DOT": AREA + 1024, "IOVEC": AREA + 2048, "PARENT": os.getpid(), "FILE": os.memfd_create("file"), "PIPE": os.pipe()[0]}
ctypes.memmove(made["DOT"], b".", 1)
ctypes.memmove(made["IOVEC"], struct.pack("QQ", AREA + 3072, 1), 16)
os.write(made["FILE"], b"1")


def value_of(argument):
    name, _, change = argument.partition(" ")
    return ctypes.c_long(made[name] ^ int(change) if name in made else int(argument))


def returned_by(number, *arguments):
    returned = libc.syscall(ctypes.c_long(number), *map(value_of, arguments))
    return -ctypes.get_errno() if returned == -1 else returned


def in_child(call):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, json.dumps([returned_by(*call), returned_by(*call)]).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as result:
        return json.loads(result.read())


print(json.dumps([in_child(call) for call in json.loads(sys.argv[1])]))
