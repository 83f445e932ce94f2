"""Build the site of this folder; `python build.py --help` lists the commands."""

import sys

from claimdeck.cli import main

if __name__ == "__main__":
    sys.exit(main())
