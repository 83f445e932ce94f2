"""Tell whether the sites of this repository come out the same everywhere.

`site_digests.py write FILE` builds the default site and those of tests/sites/good, and writes the digests of their
files; `site_digests.py compare DIR` holds what several systems wrote, DIR/<system>/<file>, against each other.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parent.parent
USAGE = "site_digests.py write FILE | compare DIR"
MOST_TOLD = 20

Digests = dict[str, str]  # SHA-256 by site and path


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or compare; return 0: done, and the same; 1: they differ, or do not build; 2: bad usage."""
    match list(sys.argv[1:] if arguments is None else arguments):
        case ["write", name]:
            roots = [PROJECT, *sorted((PROJECT / "tests/sites/good").iterdir())]
            digests = {path: digest for root in roots for path, digest in digests_of(root).items()}
            Path(name).write_text(json.dumps(digests, indent=1), encoding="utf-8")
            print(f"{len(digests)} files of {len(roots)} sites.")
            return 0
        case ["compare", folder]:
            files = sorted(Path(folder).glob("*/*.json"))
            told = {file.parent.name: json.loads(file.read_text(encoding="utf-8")) for file in files}
            lines = differences(told) if len(told) > 1 else [f"There are no two systems in {folder}."]
            print("\n".join(lines) or f"The same files on {', '.join(told)}.")
            return 1 if lines else 0
    print(USAGE, file=sys.stderr)
    return 2


def digests_of(root: Path) -> Digests:
    """Return the SHA-256 of each file of the site in *root*, built twice; CalledProcessError if that fails."""
    with TemporaryDirectory() as scratch:
        output = Path(scratch, "dist")
        command = (sys.executable, PROJECT / "build.py", "build", "--no-cache", "--verify", "--root", root)
        subprocess.run((*command, "--output", output), check=True)
        told: Digests = json.loads((output / "digests.json").read_text(encoding="utf-8"))["files"]
    return {f"{root.name if root != PROJECT else 'default'}/{path}": digest for path, digest in told.items()}


def differences(told: dict[str, Digests]) -> list[str]:
    """Return a line for each file that is not the same in all of *told* (by system), with who has what."""
    paths = sorted({path for digests in told.values() for path in digests})
    found = []
    for path in paths:
        versions: dict[str, list[str]] = {}
        for system, digests in told.items():
            versions.setdefault(digests.get(path, "missing")[:8], []).append(system)
        if len(versions) > 1:
            found.append(f"{path}: " + "; ".join(f"{digest} {', '.join(at)}" for digest, at in versions.items()))
    more = [f"… and {len(found) - MOST_TOLD} more files."] if len(found) > MOST_TOLD else []
    return found[:MOST_TOLD] + more


if __name__ == "__main__":
    sys.exit(main())
