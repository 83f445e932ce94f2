"""The command line: exit codes and the only print.  Imports the build only when it is needed."""

from __future__ import annotations

import atexit
import gc
import os
import shlex
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from claimdeck.arguments import parse_arguments
from claimdeck.desk.messages import count_problems, counted, github_lines, json_lines, text_lines
from claimdeck.desk.progress import Progress
from claimdeck.model.problems import Problem, RefusedError, Severity, SiteError, UsageError, in_order

if TYPE_CHECKING:
    from claimdeck.model.lock import Lock
    from claimdeck.pipeline import Judged

DEPENDENCIES = (
    *("PIL", "jinja2", "livereload", "markdown", "markupsafe", "nh3"),
    *("pydantic", "pydantic_core", "tornado", "watchfiles", "yaml"),
)
OK, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130
INSTALL = """Claimdeck needs a few libraries, and “{module}” is not installed for this Python. Type:

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python build.py
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 problems in the content, 2 bad usage."""
    options = parse_arguments(list(sys.argv[1:] if arguments is None else arguments))
    if arguments is None and options.command != "serve":  # the process is this command's own, and ends with it
        gc.disable()  # nearly all that it makes lives to its end,
        atexit.register(gc.freeze)  # when Python would look through it once more
    try:
        return run_command(options)
    except ModuleNotFoundError as missing:
        if missing.name not in DEPENDENCIES:
            raise
        print(INSTALL.format(module=missing.name), file=sys.stderr)
        return USAGE


def run_command(options: Namespace) -> int:
    """Run the command of *options*; ModuleNotFoundError where a library is not installed."""
    try:
        return RUN[options.command](options)
    except SiteError as failure:
        print_problems(failure.problems, options.root)
        print(f"{count_problems(failure.problems)}. Nothing was written.", file=sys.stderr)
        return PROBLEMS
    except UsageError as mistake:
        from claimdeck.desk.excerpts import shown

        is_refused = isinstance(mistake, RefusedError)
        print(shown(f"{'' if is_refused else 'build.py: '}{mistake}"), file=sys.stderr)
        return PROBLEMS if is_refused else USAGE
    except KeyboardInterrupt:
        return INTERRUPTED


def run_build(options: Namespace) -> int:
    """Build the site, and say so in one line."""
    from claimdeck.desk.build import build_unless_standing

    start = time.monotonic()
    root, output, base_url = _site(options), options.output or options.root / "dist", _base_url(options)
    jobs = options.jobs or os.cpu_count() or 1
    how = {"base_url": base_url, "strict": options.strict, "force": options.force, "cached": not options.no_cache}
    with _progress() as tell:
        report = build_unless_standing(root, output, jobs=jobs, tell=tell, **how)
    print_problems(report.problems, root)
    done = report.output
    counts = f"{counted(report.claims, 'claim')}, {counted(report.sources, 'source')}"
    changes = f"{done.written} files written, {done.unchanged} unchanged, {done.removed} removed"
    here = output.resolve()
    shown = here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else output
    print(f"{counts}: {changes} in {shown} ({time.monotonic() - start:.1f} s).")
    if options.verify:
        from claimdeck.desk.verify import verify_build

        if different := verify_build(root, output, base_url):
            told = f"A second build differs in {counted(len(different), 'file')}: {', '.join(different[:5])}"
            print(f"{told}. Build again with --no-cache.", file=sys.stderr)
            return PROBLEMS
    return OK


def run_check(options: Namespace) -> int:
    """Print the problems of the site, or of some of its files."""
    from claimdeck import pipeline
    from claimdeck.desk.chosen import chosen_files
    from claimdeck.desk.summary import render_summary
    from claimdeck.judge.lock import changes_since
    from claimdeck.write.move import move_is_unfinished

    root = _site(options)
    before = _read_other_lock(options.since) if options.since else None
    is_chosen = chosen_files(root, options.files)
    memory = pipeline.remembered(root)
    only, jobs = is_chosen if options.files else None, os.cpu_count() or 1
    with _progress() as tell:
        judged = pipeline.judge_site(root, options.articles, memory=memory, tell=tell)
        problems = pipeline.check_site(judged, only=only, jobs=jobs, tell=tell)
    memory.cards.save()
    problems = [p for p in problems if p.place.path == "site.yaml" or is_chosen(p.place.path)]
    if options.links:
        problems = in_order([*problems, *_link_problems(judged, is_chosen)])
    changes = changes_since(judged.deck, judged.content, before) if before else None
    if options.format == "markdown":
        print(render_summary(problems, changes), end="")
    else:
        print_problems(problems, root, options.format)
        if changes is not None:
            from claimdeck.desk.excerpts import shown

            told = "\n".join(shown(str(change)) for change in changes) or "Nothing changed for readers."
            print(told, file=sys.stdout if options.format == "text" else sys.stderr)
    if move_is_unfinished(root / "dist"):
        print("dist/ was left half-moved by a build that was stopped; the next `build` finishes it.", file=sys.stderr)
    if options.format == "text":
        counts = f"{counted(len(judged.deck.claims), 'claim')}, {counted(len(judged.deck.sources), 'source')}"
        print(f"{counts}: {count_problems(problems)}.")
    return PROBLEMS if pipeline.has_errors(problems, options.strict) else OK


def run_serve(options: Namespace) -> int:
    """Serve the preview until Ctrl-C."""
    from claimdeck.desk.serve import serve_site

    serve_site(_site(options), options.host, options.port, lambda line: print(line, file=sys.stderr, flush=True))
    return INTERRUPTED


def run_rename(options: Namespace) -> int:
    """Rename a card, and say in one line what to do next."""
    from claimdeck.desk.rename import rename_card

    try:
        renamed = rename_card(_site(options), options.kind, options.old, options.new)
    except SiteError:
        print("Only in a site without errors can a card be renamed. These are in the way:", file=sys.stderr)
        raise
    if renamed.failure:
        print(f"{renamed.failure} Changed before: {', '.join(renamed.changed) or 'nothing'}.", file=sys.stderr)
        return PROBLEMS
    changed = f"{counted(len(renamed.changed), 'file')} changed"
    told = "Look them over, run `python build.py lock` and commit content/ and site.yaml."
    print(f"{options.kind} {options.old} is now {options.new}: {changed}. {told}")
    return OK


def run_lock(options: Namespace) -> int:
    """Record the published state."""
    from claimdeck import pipeline

    lock, changed, problems = pipeline.lock_site(_site(options), options.articles)
    print_problems(problems, options.root)
    quotes = sum(len(found) for by_source in lock.quotes.values() for found in by_source.values())
    told = f"{counted(len(lock.claims), 'claim')}, {len(lock.addresses)} addresses, {counted(quotes, 'verified quote')}"
    print(f"content/desk.lock {'records' if changed else 'already recorded'} {told}.")
    return OK


def run_import(options: Namespace) -> int:
    """Write drafts of the ClaimReviews in a file, and say what could not be mapped."""
    from claimdeck.desk.import_reviews import import_reviews
    from claimdeck.desk.wild_fields import printable

    try:
        imported = import_reviews(_site(options), options.file)
    except UsageError as refusal:  # of the file, not of the command: the contract has 0 and 1
        print(printable(str(refusal)), file=sys.stderr)
        return PROBLEMS
    print("\n".join(imported.lines))
    return OK if imported.written or imported.known else PROBLEMS


def run_desk(options: Namespace) -> int:
    """Print the work list, and how many errors stand before it."""
    from claimdeck import pipeline
    from claimdeck.desk.worklist import list_tasks, worklist_lines
    from claimdeck.model.dates import is_day

    today = date.today().isoformat() if options.today is None else options.today
    if not is_day(today):
        raise UsageError(f"“{today}” is not a day that exists; --today takes one like 2024-11-20.")
    judged = pipeline.judge_site(_site(options))
    errors = [p for p in pipeline.soften_drafts(judged.problems, judged) if p.severity is Severity.ERROR]
    width = shutil.get_terminal_size((100, 24)).columns
    print("\n".join(worklist_lines(list_tasks(judged, today), len(errors), width)))
    return OK


def run_new(options: Namespace) -> int:
    """Begin a card or a dossier, and say what to do next."""
    from claimdeck.desk.new import begin_card
    from claimdeck.desk.new_dossier import begin_dossier
    from claimdeck.read.static import PROJECT

    if options.source is not None and options.kind != "claim":
        raise UsageError("--source names the source that a new claim starts from; nothing else starts from one.")
    if options.kind == "dossier":
        begun, root = begin_dossier(Path(options.name)), options.name
    else:
        begun, root = begin_card(_site(options), options.kind, options.name, options.source), options.root
    where = "" if root == PROJECT else f" --root {shlex.quote(str(root))}"
    print(f"{begun} says how to go on; `python build.py serve{where}` shows drafts as you write them.")
    return OK


def run_schema(options: Namespace) -> int:
    """Write the schemas of the cards, and say which changed."""
    from claimdeck.desk.schema import write_schemas

    changed = write_schemas(_site(options))
    print(f"{', '.join(changed)} written." if changed else "The schemas in content/.schema/ are up to date.")
    return OK


RUN: dict[str, Callable[[Namespace], int]] = {
    "build": run_build,
    "check": run_check,
    "serve": run_serve,
    "rename": run_rename,
    "lock": run_lock,
    "desk": run_desk,
    "import": run_import,
    "new": run_new,
    "schema": run_schema,
}


def print_problems(problems: Sequence[Problem], root: Path, form: str = "text") -> None:
    """Print *problems* of the site in *root*: text to stderr, machine formats to stdout; only JSON has more than 100.

    A terminal gets the line of each, with a caret; https://no-color.org says who wants it without colors.
    """
    if form != "text":
        if lines := {"json": json_lines, "github": github_lines}[form](problems):
            print("\n".join(lines))
    elif problems:
        from claimdeck.desk.excerpts import shown, tell_problem

        excerpts = partial(tell_problem, root=root, colored=not os.environ.get("NO_COLOR"))
        told = text_lines(problems, excerpts if sys.stderr.isatty() else lambda problem: shown(str(problem)))
        print("\n".join(told), file=sys.stderr)


def _site(options: Namespace) -> Path:
    root: Path = options.root
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}; --root takes one with site.yaml and content/ in it.")
    return root


def _read_other_lock(path: Path) -> Lock:
    from claimdeck.read.lock import read_lock

    lock, faults = read_lock(path, str(path))
    if lock is None or faults:
        raise UsageError(f"{path} is not a lock that can be read; --since takes another desk.lock.")
    return lock


def _base_url(options: Namespace) -> str | None:
    url: str | None = options.base_url
    if url is None:
        return None
    from claimdeck.model.fields import is_address

    if not is_address(url):
        raise UsageError(f"“{url}” is not a web address; --base-url takes one like https://example.org/claims/.")
    return url


def _link_problems(judged: Judged, is_chosen: Callable[[str], bool]) -> list[Problem]:
    """Return what is wrong with outside addresses in the files that are chosen."""
    from claimdeck.desk.outside_links import check_outside_links

    with _progress() as tell:
        return check_outside_links(judged, is_chosen, partial(tell, "addresses asked"))


def _progress() -> Progress:
    """Return what tells how far a long piece of work is, on a terminal only."""
    is_seen = sys.stderr.isatty()
    return Progress(lambda line: print(line, end="", file=sys.stderr, flush=True) if is_seen else None)
