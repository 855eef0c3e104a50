"""Prints whether a thread of Python starts."""
import threading

worker = threading.Thread(target=print, args=["ran"])
try:
    worker.start()
    worker.join()
except RuntimeError as error:
    print(error)
