"""What each stage of a build costs, measured inside one process by the calls that the pipeline makes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from claimdeck.judge.join import join_cards
from claimdeck.judge.judge import judge_deck
from claimdeck.judge.lock import LOCK_PATH
from claimdeck.model.lock import Lock
from claimdeck.model.urls import Home
from claimdeck.present.markup import render_prose
from claimdeck.present.site import SiteFiles
from claimdeck.present.views import Views
from claimdeck.read.content import read_content
from claimdeck.read.lock import read_lock
from claimdeck.read.settings import read_settings
from claimdeck.read.static import read_static, stylesheet, template_folders
from claimdeck.write.inspection import Inspector
from claimdeck.write.output import staging_beside

Costs = dict[str, float]  # seconds by the name of the stage


def stage_costs(root: Path, output: Path, runs: int) -> Costs:
    """Return the median seconds of each stage of *runs* builds of *root*; each writes into a new folder *output*-n."""
    found = [_one_build(root, output.with_name(f"{output.name}-{number}")) for number in range(runs)]
    return {stage: median(costs[stage] for costs in found) for stage in found[0]}


def _one_build(root: Path, output: Path) -> Costs:
    costs: Costs = {}

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        costs[stage] = time.perf_counter() - start

    settings, _ = read_settings(root / "site.yaml", stylesheet(root))
    home = Home.at(settings.settings.url)
    with timed("read cards"):
        content, _ = read_content(root / "content")
    with timed("read the lock"):
        lock = read_lock(root / LOCK_PATH, LOCK_PATH)[0] or Lock()
    with timed("join"):
        deck, _ = join_cards(content, settings, lock)
    with timed("judge"):
        judge_deck(deck, content, lock, lock.quotes, {})
    with timed("Markdown"):
        prose, _ = render_prose(deck, content, home)
    site = SiteFiles(Views(deck, home), content, prose, template_folders(root))
    with timed("plan"):
        pages = site.pages
    with timed("render"):
        texts = {page.file: site.render(page) for page in pages}
    with timed("exports"):
        texts |= {name: make() for name, make in site.exports.items()}
    with timed("search and directory"):
        texts |= site.indexes
    static = read_static(root)[0]
    inspector = Inspector(site, static, content, ())
    with timed("check pages"):
        list(inspector.problems({name: inspector.inspect(name, text) for name, text in texts.items()}))
    with timed("write"), staging_beside(output) as staging:
        files = {**static, **{name: text.encode() for name, text in texts.items()}}
        staging.finish({name: staging.put(name, file) for name, file in files.items()})
    return costs
