"""A build with what earlier builds left behind gives the bytes and the problems of a cold one, after any edits."""

import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from claimdeck.model.problems import SiteError
from claimdeck.pipeline import CARDS, FILES, build_site
from claimdeck.present.render import template_environment
from claimdeck.read.content import FOLDER_OF
from claimdeck.read.static import PROJECT
from tests.wrong_cards import values_in, written

EVERY_FIELD = PROJECT / "tests" / "sites" / "good" / "every-field"
SEEDS, STEPS = 12, 10
WORDS = ("the mill", "5 crowns", "2030-05-04", "*once*", "<b>", "더 많이")


class Site:
    """A copy of the site that has every field, and the output that its builds share."""

    def __init__(self, folder: Path) -> None:
        self.root, self.output, self.folder = folder / "site", folder / "dist", folder
        shutil.copytree(EVERY_FIELD, self.root)
        (self.root / "content/desk.lock").unlink()  # with it, most edits would be refused as silent
        self.options: dict[str, str] = {}
        self.cold_builds = 0

    def cards(self) -> list[Path]:
        """Return the files of all cards."""
        return sorted(path for path in self.root.glob("content/*/*.*") if path.parent.name in FOLDER_OF)

    def pages(self) -> list[Path]:
        """Return all files in the output."""
        return sorted(path for path in self.output.rglob("*") if path.is_file())

    def build(self, output: Path, *, cached: bool) -> tuple[dict[str, bytes], list[str]]:
        """Return what stands in *output* after a build, and what it told; an error is told and leaves it as it was."""
        template_environment.cache_clear()  # as a new process would find the templates
        try:
            problems = build_site(self.root, output, cached=cached, **self.options).problems
        except SiteError as failure:
            return {}, [str(problem) for problem in failure.problems]
        files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
        return files, [str(problem) for problem in problems]

    def is_as_cold(self) -> bool:
        """Build with all that there is and without anything; tell what differs, and whether both succeeded."""
        self.cold_builds += 1
        warm = self.build(self.output, cached=True)
        cold = self.build(self.folder / f"cold-{self.cold_builds}", cached=False)
        assert warm[1] == cold[1]
        assert [
            path for path in sorted(warm[0].keys() | cold[0].keys()) if warm[0].get(path) != cold[0].get(path)
        ] == []
        return bool(cold[0])


def change_a_value(site: Site, chance: random.Random) -> None:
    """Put other words, those of another card, or nothing, in the place of one value of a card."""
    path = chance.choice(site.cards())
    kind = FOLDER_OF[path.parent.name]
    text = path.read_text(encoding="utf-8")
    values = values_in(text, kind)
    name = chance.choice(sorted(values))
    others = [
        values_in(other.read_text(encoding="utf-8"), kind) for other in site.cards() if other.parent == path.parent
    ]
    if isinstance(values[name], str) and chance.random() < 0.6:
        values[name] = f"{values[name].rstrip()} {chance.choice(WORDS)}"
    else:
        values[name] = chance.choice([other[name] for other in others if name in other])
    if chance.random() < 0.15:
        del values[name]
    path.write_text(written(values, text, kind), encoding="utf-8")


def change_a_template(site: Site, chance: random.Random) -> None:
    """Override one of our templates with a word more, or give it back."""
    ours = chance.choice(sorted((PROJECT / "templates").rglob("*.html")))
    theirs = site.root / "templates" / ours.relative_to(PROJECT / "templates")
    if theirs.exists():
        theirs.unlink()
        return
    theirs.parent.mkdir(parents=True, exist_ok=True)
    word = f"<i>{chance.randrange(1000)}</i>"
    text = ours.read_text(encoding="utf-8")
    theirs.write_text(text.replace("<p>", f"<p>{word}").replace("</h1>", f"{word}</h1>"), encoding="utf-8")


def change_a_static_file(site: Site, chance: random.Random) -> None:
    """Add, change or remove what is published as it is; pages link to the styles."""
    name = chance.choice(
        ["static/note.txt", "static/root/about/index.html", "static/site.css", "static/root/robots.txt"]
    )
    path = site.root / name
    if path.exists():
        path.unlink()
    else:
        ours = PROJECT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ours.read_bytes() if ours.exists() else b"") + f"/* {chance.random()} */".encode())


def change_the_settings(site: Site, chance: random.Random) -> None:
    """Change a word of the settings."""
    path = site.root / "site.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = chance.choice(
        [n for n, line in enumerate(lines) if any(word in line for word in ("title", "label", "tagline"))]
    )
    lines[number] = lines[number].replace("e", "ee", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rename_or_remove_a_card(site: Site, chance: random.Random) -> None:
    """Give a card another name, or take it away: what names it is an error until it is given back."""
    path = chance.choice(site.cards())
    if path.suffix == ".md" or chance.random() < 0.5:
        shutil.move(path, site.folder / path.name)
        assert not site.is_as_cold() or path.suffix == ".md" or path.parent.name == "claims"
        shutil.move(site.folder / path.name, path)
    else:
        path.rename(path.with_name(f"new-{path.name}"))


def publish_or_unpublish(site: Site, chance: random.Random) -> None:
    """Make a draft of a card, or a card of a draft."""
    path = chance.choice(site.cards())
    text = path.read_text(encoding="utf-8")
    mark = "---\ndraft: true\n" if path.suffix == ".md" else "draft: true\n"
    begin = "---\n" if path.suffix == ".md" else ""
    text = begin + text.removeprefix(mark) if text.startswith(mark) else mark + text.removeprefix(begin)
    path.write_text(text, encoding="utf-8")


def add_a_claim(site: Site, chance: random.Random) -> None:
    """Copy a claim under a new name."""
    path = chance.choice([path for path in site.cards() if path.parent.name == "claims"])
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("aliases")]
    path.with_name(f"copy-{chance.randrange(100)}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def meddle_with_the_output(site: Site, chance: random.Random) -> None:
    """Change a published file, keeping its size and time, or take it away."""
    if paths := site.pages():
        path = chance.choice(paths)
        before = path.stat()
        path.write_bytes(path.read_bytes()[::-1])
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        if chance.random() < 0.5 and path.name != "digests.json":
            path.unlink()


def meddle_with_the_cache(site: Site, chance: random.Random) -> None:
    """Cut a file of the cache short, fill it with something else, or take all away."""
    path = site.root / chance.choice([CARDS, FILES])
    damage = chance.randrange(4)
    if damage == 0 or not path.exists():
        shutil.rmtree(site.root / ".cache", ignore_errors=True)
    elif damage == 1:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == 2:
        path.write_bytes(b"something else")
    else:
        path.unlink()
        with sqlite3.connect(path) as file:
            file.execute("CREATE TABLE units (name TEXT)")


def publish_elsewhere(site: Site, chance: random.Random) -> None:
    """Build for another address from now on, or into another folder."""
    if chance.random() < 0.5:
        site.options = {"base_url": f"https://example.net/{chance.randrange(3)}/"}
    else:
        site.output = site.folder / chance.choice(["dist", "elsewhere"])


def change_nothing(site: Site, chance: random.Random) -> None:
    """Save a card as it is."""
    path = chance.choice(site.cards())
    path.write_bytes(path.read_bytes())


EDITS = (
    *(change_a_value,) * 6,
    *(change_a_template, change_a_static_file, change_the_settings, rename_or_remove_a_card, publish_or_unpublish),
    *(add_a_claim, meddle_with_the_output, meddle_with_the_cache, publish_elsewhere, change_nothing),
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_any_edits_a_build_is_as_a_cold_one(seed, tmp_path):
    chance, site = random.Random(seed), Site(tmp_path)
    assert site.is_as_cold()
    for _ in range(STEPS):
        before = {path: path.read_bytes() for path in (*site.cards(), site.root / "site.yaml")}
        edit = chance.choice(EDITS)
        edit(site, chance)
        if not site.is_as_cold():  # it failed alike: back to what can be built
            for path in set(site.cards()) - before.keys():
                path.unlink()
            for path, content in before.items():
                path.write_bytes(content)
            shutil.rmtree(site.root / "templates", ignore_errors=True)
            shutil.rmtree(site.root / "static", ignore_errors=True)
            assert site.is_as_cold(), edit


@pytest.fixture
def about(site, tmp_path):
    """Build the small site with a page that links to whatever is given; return what the next builds tell."""

    def build(link=None):
        template_environment.cache_clear()
        if link:
            site.write("content/pages/about.md", f"---\ntitle: About\n---\nSee [it]({link}).\n")
        try:
            return {problem.code for problem in build_site(site.root, tmp_path / "dist").problems}
        except SiteError as failure:
            return {problem.code for problem in failure.problems}

    return build


def test_a_page_that_stands_is_told_of_when_a_file_that_it_names_goes(site, about):
    site.write("static/root/note.txt", "A note.")
    assert "CD071" not in about("/note.txt")
    site.remove("static/root/note.txt")
    assert "CD071" in about()
    site.write("static/root/note.txt", "Another note.")
    assert "CD071" not in about()


def test_a_page_that_stands_is_told_of_when_an_anchor_that_it_names_goes(site, about):
    ours = (PROJECT / "templates/pages/claim.html").read_text(encoding="utf-8")
    assert "CD071" not in about("/claims/bridge-cost/#evidence")
    site.write("templates/pages/claim.html", ours.replace('id="evidence"', 'id="proof"'))
    assert "CD071" in about()
    site.write("templates/pages/claim.html", ours.replace('id="from"', 'id="origin"'))
    assert "CD071" not in about()


def untouched(output: Path, edit) -> set[str]:
    """Return the pages in *output* that *edit*, and a build after it, left alone."""
    before = states_in(output, "*.html")
    edit()
    return {
        path.relative_to(output).as_posix()
        for path, state in states_in(output, "*.html").items()
        if before.get(path) == state
    }


def states_in(output: Path, names: str = "*") -> dict[Path, tuple[int, int]]:
    """Return which file each path in *output* is, and when it was written; to be read changes nothing."""
    files = (path for path in output.rglob(names) if path.is_file())
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_new_styles_touch_no_page(site, about, tmp_path):
    about("/claims/")
    pages = {path.relative_to(tmp_path / "dist").as_posix() for path in (tmp_path / "dist").rglob("*.html")}

    def restyle():
        site.write("static/site.css", (PROJECT / "static/site.css").read_text(encoding="utf-8") + "/* new */")
        about()

    assert untouched(tmp_path / "dist", restyle) == pages


def test_a_comment_in_a_card_changes_nothing_that_is_published(site, about, tmp_path):
    about("/claims/")
    before = states_in(tmp_path / "dist")
    card = site.root / "content/claims/bridge-cost.yaml"
    card.write_text("# To be asked again.\n" + card.read_text(encoding="utf-8"), encoding="utf-8")
    about()
    assert states_in(tmp_path / "dist") == before


def test_a_cache_that_came_with_a_copy_spares_nothing(site, about, tmp_path):
    about("/claims/")
    copy, output = tmp_path / "copy", tmp_path / "copied"
    shutil.copytree(site.root, copy)
    shutil.copytree(tmp_path / "dist", output)
    (output / "index.html").write_text("Something else.", encoding="utf-8")
    build_site(copy, output)
    assert (output / "index.html").read_bytes() == (tmp_path / "dist" / "index.html").read_bytes()
