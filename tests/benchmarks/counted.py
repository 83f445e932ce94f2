"""Runs one command of ours and prints as JSON what it did, by numbers that no other program on the machine can change.

Counts calls (cProfile) and loaded modules; needs a process of its own: `python -m tests.benchmarks.counted build`.
"""

import cProfile
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from io import StringIO
from types import CodeType

from claimdeck.cli import DEPENDENCIES, main

WORK = {  # by the function that does it once for each
    ("content.py", "_document"): "cards parsed",
    ("documents.py", "parse_document"): "files parsed by libyaml",
    ("core.py", "Markdown.convert"): "texts converted",
    ("environment.py", "Template.render"): "pages rendered",
}


def counts_of(arguments: Sequence[str]) -> dict[str, int]:
    """Return how much of each kind of work the command in *arguments* did, and what it loaded."""
    profile = cProfile.Profile(builtins=False)
    with redirect_stdout(StringIO()), suppress(SystemExit), profile:
        main(arguments)
    counts = dict.fromkeys(WORK.values(), 0)
    for entry in profile.getstats():
        code = entry.code
        if isinstance(code, CodeType) and (kind := _kind_of(code)):
            counts[kind] += entry.callcount
    ours = {name for name in sys.modules if name.split(".")[0] == "claimdeck"}
    libraries = {name for name in DEPENDENCIES if name in sys.modules}
    return {**counts, "modules of ours": len(ours), "libraries": len(libraries)}


def _kind_of(code: CodeType) -> str | None:
    file = code.co_filename.replace("\\", "/").rpartition("/")[2]
    return WORK.get((file, code.co_qualname))


if __name__ == "__main__":
    json.dump(counts_of(sys.argv[1:]), sys.stdout)
