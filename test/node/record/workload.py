"""A small service: threads, numpy, sockets, files and a process. Prints what came of each as one line of JSON; with an argument, calls one thing more."""
import json
import os
import socket
import subprocess
import sys
import threading

import numpy


def threads():
    done = []
    workers = [threading.Thread(target=done.append, args=(number,)) for number in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(done)


def multiply():
    """Large enough for OpenBLAS to use its threads."""
    ones = numpy.ones((600, 600))
    return int((ones @ ones)[0, 0])


def sockets():
    path = "/tmp/service"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        answering = threading.Thread(target=lambda: server.accept()[0].sendall(b"answer"))
        answering.start()
        client.connect(path)
        answer = client.recv(6).decode()
        answering.join()
    os.unlink(path)
    return answer


def files():
    with open("/tmp/file", "w+", encoding="ascii") as file:
        file.write("written")
        file.seek(0)
        return file.read()


def priority():
    try:
        return os.getpriority(os.PRIO_PROCESS, 0)
    except OSError as error:
        return error.errno


if __name__ == "__main__":
    print(json.dumps({
        "threads": threads(),
        "numpy": multiply(),
        "sockets": sockets(),
        "files": files(),
        "process": subprocess.run(["/bin/sh", "-c", "exit 7"], check=False).returncode,
        **({"priority": priority()} if len(sys.argv) > 1 else {}),
    }))
