"""One contest at one size: Claimdeck and Hugo make the same site, by turns, and figures come out."""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from claimdeck.read.static import PROJECT
from tests.benchmarks import report
from tests.benchmarks.corpus import Fields, make_corpus
from tests.benchmarks.dossier import card_text, record_dossier, write_dossier
from tests.benchmarks.edits import CLAIM, with_body, with_title, words_of, write_template
from tests.benchmarks.hugo_site import write_hugo_site
from tests.benchmarks.runs import Run, run, take_turns, typical
from tests.benchmarks.same_pages import differing_pages, pages_of
from tests.benchmarks.serving import event_to_bytes, free_port, served

BUILD = PROJECT / "build.py"
SETTLED = 2.1  # seconds after which a saved file counts as settled
CARD = Path("content", "claims", f"{CLAIM}.yaml")
HUGO_CARD = Path("content", "claims", f"{CLAIM}.md")
Say = Callable[[str], None]


class DifferentPagesError(Exception):
    """The two programs did not make the same pages, so that a race between them says nothing."""


@dataclass
class Contest:
    """The sites of one size in *folder*: ours with our templates, with plain ones, of rough cards; Hugo's likewise."""

    claims: int
    folder: Path
    hugo: Path
    say: Say
    edits: int = field(default=0, init=False)

    def write(self) -> None:
        """Write all sites, and record ours."""
        self.corpus, rough = make_corpus(self.claims), make_corpus(self.claims, rough=True)
        for corpus, name in ((self.corpus, "ours"), (self.corpus, "plain"), (rough, "rough")):
            write_dossier(corpus, self.folder / name, plain=name == "plain")
            if not record_dossier(corpus, self.folder / name):
                self.say(f"  {name}: the lock is too large to be read; the dossier stays unrecorded, with warnings")
        write_hugo_site(self.corpus, self.folder / "hugo")
        write_hugo_site(rough, self.folder / "hugo-rough")

    def prove(self, name: str = "plain", hugo_name: str = "hugo") -> int:
        """Return how many pages there are, after a build of each of two sites that proves that they say the same."""
        self.cold(name)
        self.hugo_cold(hugo_name)
        ours, theirs = self.folder / name / "dist", self.folder / hugo_name / "dist"
        if different := differing_pages(ours, theirs):
            raise DifferentPagesError(f"{len(different)} pages differ, the first: {different[0]}")
        return pages_of(ours)

    def race(self, runs: int) -> tuple[dict[str, float], dict[str, float]]:
        """Return our figures and Hugo's by name: medians of *runs* runs that took turns."""
        hugo, hugo_rough = "Hugo", "Hugo, rough cards"
        jobs = {
            report.COLD: self.fresh,
            report.NOTHING: lambda: self.build("ours"),
            report.BODY: lambda: self.card_edited(with_body),
            report.TITLE: lambda: self.card_edited(with_title),
            report.TEMPLATE: self.template_edited,
            hugo: lambda: self.hugo_cold("hugo"),
            report.PLAIN: lambda: self.cold("plain"),
            report.ROUGH: lambda: self.cold("rough"),
            hugo_rough: lambda: self.hugo_cold("hugo-rough"),
        }
        found = {name: typical(each) for name, each in take_turns(jobs, runs, self.say).items()}
        theirs = {report.COLD: found[hugo].seconds, report.ROUGH: found[hugo_rough].seconds}
        theirs |= {report.SERVE: self.hugo_preview(runs), report.MEMORY: found[hugo].memory}
        ours = {name: each.seconds for name, each in found.items() if name not in (hugo, hugo_rough)}
        ours |= {report.SERVE: self.preview(runs), report.MEMORY: found[report.COLD].memory}
        return ours, theirs

    def build(self, name: str) -> Run:
        """Build one of our sites, with what stands there already."""
        return run([sys.executable, BUILD, "build", "--root", self.folder / name, "--jobs", "2"], self.folder)

    def cold(self, name: str) -> Run:
        """Build one of our sites as on a new machine: no output, no cache, and nobody has saved a file just now."""
        for made in ("dist", ".cache"):
            shutil.rmtree(self.folder / name / made, ignore_errors=True)
        time.sleep(SETTLED)
        return self.build(name)

    def fresh(self) -> Run:
        """Build the site with our templates, cold, all edits taken back."""
        shutil.rmtree(self.folder / "ours" / "templates", ignore_errors=True)
        self.write_card(self.corpus.claims[CLAIM])
        return self.cold("ours")

    def card_edited(self, edit: Callable[[Fields, int], Fields]) -> Run:
        """Build after an *edit* of one card."""
        self.edit_card(edit)
        return self.build("ours")

    def template_edited(self) -> Run:
        """Build after an edit of the template of claims."""
        self.edits += 1
        write_template(self.folder / "ours", self.edits)
        return self.build("ours")

    def hugo_cold(self, name: str) -> Run:
        """Build one of Hugo's sites anew."""
        shutil.rmtree(self.folder / name / "dist", ignore_errors=True)
        return run([self.hugo, "build", "--quiet", "--destination", "dist"], self.folder / name)

    def preview(self, edits: int) -> float:
        """Return the median seconds of *edits* edits until our preview shows them."""
        port = free_port()

        serve = [sys.executable, str(BUILD), "serve", "--root", str(self.folder / "ours"), "--port", str(port)]
        url = f"http://127.0.0.1:{port}/claims/{CLAIM}/"
        with served(serve, self.folder, url):
            return median(event_to_bytes(lambda: self.edit_card(with_body), url, edits))

    def hugo_preview(self, edits: int) -> float:
        """Return the same for Hugo's server, which keeps its pages in memory."""
        port = free_port()
        path = self.folder / "hugo" / HUGO_CARD
        text = path.read_text(encoding="utf-8")

        def edit() -> str:
            self.edits += 1
            words = words_of(self.edits)
            path.write_text(text.replace("---\n\n", f"---\n\n{words}. ", 1), encoding="utf-8")
            return words

        serve = [str(self.hugo), "server", "--quiet", "--disableLiveReload", "--port", str(port)]
        url = f"http://127.0.0.1:{port}/claims/{CLAIM}/"
        with served(serve, self.folder / "hugo", url):
            return median(event_to_bytes(edit, url, edits))

    def edit_card(self, edit: Callable[[Fields, int], Fields]) -> str:
        """Save an *edit* of the card, and return the words that are new on its page."""
        self.edits += 1
        self.write_card(edit(self.corpus.claims[CLAIM], self.edits))
        return words_of(self.edits)

    def write_card(self, card: Fields) -> None:
        """Save *card* as the claim that is edited."""
        (self.folder / "ours" / CARD).write_text(card_text(card), encoding="utf-8")
