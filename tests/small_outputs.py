"""Two states of a small output, and how a build brings it from the one to the other."""

import json
from pathlib import Path

from claimdeck.write.move import staged_at
from claimdeck.write.output import staging_beside
from claimdeck.write.standing import Written

OLD = {"index.html": b"old home", "claims/one/index.html": b"one", "static/site.css": b"body {}"}
NEW = {"index.html": b"new home", "claims/two/index.html": b"two", "static/site.css": b"body {}"}
MOVED = ["claims/two/index.html", "digests.json", "index.html"]
STALE = ["claims/one/index.html"]


def write_site(files: dict[str, bytes], output: Path, force: bool = False) -> Written:
    """Make *output* hold *files*, as a build does that finds nothing wrong."""
    with staging_beside(output, force) as staging:
        return staging.finish({path: staging.put(path, content) for path, content in files.items()})


def contents(folder: Path, *but: str) -> dict[str, bytes]:
    """Return all files in *folder* by their paths, without those named *but*; links are files."""
    found = (path for path in folder.rglob("*") if path.name not in but)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def site_in(output: Path) -> dict[str, bytes]:
    """Return the files of the site in *output*."""
    return contents(output, "digests.json")


def stage_move(output: Path) -> list[str]:
    """Bring *output* from OLD to where a build of NEW was stopped before its first rename; return the renames."""
    write_site(NEW, output.with_name("finished"))
    write_site(OLD, output)
    for path in MOVED:
        stage(output, path, (output.with_name("finished") / path).read_bytes())
    write_journal_by_hand(output, MOVED, STALE)
    return MOVED


def stage(output: Path, path: str, content: bytes) -> Path:
    """Put *content* beside *output* as a stopped build leaves it; return where it lies."""
    staged = staged_at(output.with_name("dist.next"), path)
    staged.parent.mkdir(parents=True, exist_ok=True)
    staged.write_bytes(content)
    (output.with_name("dist.next") / "lock").touch()
    return staged


def write_journal_by_hand(output: Path, write: object, remove: object) -> None:
    """Write a journal beside *output*, whatever it says."""
    staging = output.with_name("dist.next")
    staging.mkdir(exist_ok=True)
    (staging / "lock").touch()
    (staging / "journal").write_text(json.dumps({"write": write, "remove": remove}))
