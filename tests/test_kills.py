"""Builds of several processes, killed at random instants.  `make soak` kills a hundred larger ones.

Each is the next one's past: a site, its cache and what the dead left are taken over from kill to kill.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from claimdeck.write.move import move_is_unfinished
from tests.failing_disk import same_file
from tests.large_site import write_large_site
from tests.small_outputs import contents

PROJECT = Path(__file__).resolve().parents[1]
KILLS = int(os.environ.get("KILLS", "4"))
CLAIMS = 120 if KILLS > 10 else 8
PATIENCE = 60  # seconds after which a build hangs


class Desk:
    """A site whose cards change between two states, and its output."""

    def __init__(self, folder: Path) -> None:
        self.root, self.spare = folder / "site", folder / "other-cards"
        self.output = self.root / "dist"
        write_large_site(self.root, CLAIMS)
        shutil.copytree(self.root / "content", self.spare)
        claims = sorted((self.spare / "claims").iterdir())
        for path in claims[::2]:
            path.write_text(path.read_text(encoding="utf-8").replace("Nobody has", "No one has"), encoding="utf-8")
        shutil.copy(claims[0], self.spare / "claims" / "another.yaml")
        self.sites: list[dict[str, bytes]] = []
        self.seconds = 0.0
        for _ in range(2):
            self.change()
            start = time.monotonic()
            self.build()
            self.seconds = time.monotonic() - start
            self.sites.append(contents(self.output))
        self.killed: Counter[str] = Counter()

    def start(self) -> subprocess.Popen[bytes]:
        """Begin a build."""
        command = [sys.executable, str(PROJECT / "build.py"), "build", "--jobs", "2", "--root", str(self.root)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def build(self) -> None:
        """Build, and leave no doubt that it was done."""
        process = self.start()
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, told.decode()

    def change(self) -> None:
        """Bring the cards from one state to the other."""
        content, aside = self.root / "content", self.spare.with_name("aside")
        content.rename(aside)
        self.spare.rename(content)
        aside.rename(self.spare)

    def kill_a_build(self, chance: random.Random) -> str:
        """Kill a build at some instant; return what it was doing.

        A third of the instants lie anywhere; as a move takes a moment only, another third lies behind its beginning.
        """
        staging = self.output.with_name("dist.next")
        awaited, within = chance.choice([(self.root, 1.0), (staging, 0.6), (staging / "journal", 0.02)])
        process = self.start()
        while process.poll() is None and not awaited.exists():
            time.sleep(0.0005)
        time.sleep(chance.random() * within * (self.seconds if within > 0.1 else 1))
        process.kill()
        process.communicate()
        if process.returncode == 0:
            return "done"
        return "moving" if move_is_unfinished(self.output) else "staging" if staging.exists() else "elsewhere"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a desk; of many kills some hit each part of a build."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    yield desk
    print(f"\nkilled while {dict(desk.killed)}")
    assert KILLS < 10 or {"staging", "moving", "elsewhere"} <= set(desk.killed)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_build_killed_at_any_instant_leaves_old_and_new_files_and_the_next_one_the_new_site(desk, seed):
    new, old = desk.sites
    desk.sites.reverse()
    kept = {path: (desk.output / path).stat() for path in old.keys() & new.keys() if old[path] == new[path]}
    desk.change()
    was = desk.kill_a_build(random.Random(seed))
    desk.killed[was] += 1
    here = contents(desk.output)
    assert [path for path, content in here.items() if content not in (old.get(path), new.get(path))] == []
    assert [path for path in old.keys() & new.keys() if path not in here] == []
    assert was == "moving" or here in (old, new)
    desk.build()
    assert contents(desk.output) == new
    assert [path for path, stat in kept.items() if not same_file(stat, (desk.output / path).stat())] == []
    assert not desk.output.with_name("dist.next").exists()
