"""The broken sites of tests/sites, and how each shows its mistake.  Asserts nothing: tests and `make docs` ask it."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from claimdeck.desk.ask import Manners
from claimdeck.desk.outside_links import check_outside_links
from claimdeck.model.problems import Problem, Severity, SiteError, in_order
from claimdeck.pipeline import judge_site
from tests.rendered import render_site
from tests.web_server import serve_web

BROKEN = Path(__file__).parent / "sites" / "broken"
ASKING = "outside-link-"  # the sites whose mistake only `check --links` finds begin so
OUTLET = "http://outlet-a.example.net"  # where their source stands; a server on this machine answers for it
ANSWERS: dict[str, int | tuple[int, str]] = {"/gone": 404, "/busy": 503, "/old": (301, "/new")}


def expected(name: str) -> list[str]:
    """Return the lines that the broken site *name* is to give."""
    return (BROKEN / name / "problems.txt").read_text(encoding="utf-8").splitlines()


def weight_of(name: str) -> Severity:
    """Return how much the mistake of the broken site *name* weighs, as its line says."""
    word = re.search(r":\d+:\d+: (warning|note): ", expected(name)[0])
    return Severity[word[1].upper()] if word else Severity.ERROR


def problems_of(name: str) -> list[Problem]:
    """Return every problem of the broken site *name*; its quotes are held against its articles/, where it has some."""
    root, articles = BROKEN / name, BROKEN / name / "articles"
    try:
        found: Sequence[Problem] = render_site(judge_site(root, articles if articles.is_dir() else None))[1]
    except SiteError as failure:
        found = failure.problems
    return in_order([*found, *(_link_problems(root) if name.startswith(ASKING) else [])])


def _link_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the outside addresses of the site in *root*, as if its outlet had answered."""
    with TemporaryDirectory() as folder, serve_web() as web:
        web.answers.update(ANSWERS)
        copy = Path(shutil.copytree(root, Path(folder) / "site"))
        for source in (copy / "content" / "sources").iterdir():
            text = source.read_text(encoding="utf-8").replace(OUTLET, web.url(""))
            source.write_text(text, encoding="utf-8")
        found = check_outside_links(judge_site(copy), lambda _: True, lambda *_: None, manners=Manners(pause=0))
        return [replace(problem, message=problem.message.replace(web.url(""), OUTLET)) for problem in found]
