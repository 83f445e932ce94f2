"""Build the site of this folder; `python build.py --help` lists the commands."""

import sys
from io import TextIOWrapper

from claimdeck.cli import main

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # where it is closed there is none
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the language of the machine
    sys.exit(main())
