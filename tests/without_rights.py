"""Run a command of build.py as a user who may read only what the rights of files allow: root gives up reading all."""

import ctypes
import os
import sys

VERSION = 0x20080522  # of what capset(2) is given: https://man7.org/linux/man-pages/man2/capset.2.html

if __name__ == "__main__":
    if os.geteuid() == 0:
        header, nothing = (ctypes.c_uint32 * 2)(VERSION, 0), (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None, use_errno=True).capset(header, nothing) == 0, os.strerror(ctypes.get_errno())
    from claimdeck.cli import main

    sys.exit(main())
