"""What Lighthouse's reports come to: medians, bars, a table.  Starts nothing, writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

BARS = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 95}  # of 100
FIGURES = """# Audit

What `make audit` measured last, and wrote here; it needs Java 17 and Node.js 20.

Lighthouse {lighthouse} in Chrome {chrome}, in its default settings: a slow phone on a slow network; here with a server
that does not compress. The median of {runs} runs:

{table}

Below a bar the command fails. It also asks the Nu HTML checker ({nu}) about every page of the default site and of
the sites in `tests/sites/good`; there no error is let through, by the build server either.
"""

# One page, judged once: https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md
Report = Mapping[str, Any]
Scores = Mapping[str, int]


def parse_scores(report: Report) -> Scores:
    """Return the score of each category, of 100; one that could not be worked out counts as 0."""
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in BARS}


def median_scores(reports: Sequence[Report]) -> Scores:
    """Return the median of each category over the runs of one page."""
    runs = [parse_scores(report) for report in reports]
    return {name: round(median(run[name] for run in runs)) for name in BARS}


def missed_bars(scores: Mapping[str, Scores]) -> Iterator[str]:
    """Yield a line for each page and category below its bar."""
    for page, found in scores.items():
        for name, bar in BARS.items():
            if found[name] < bar:
                yield f"{page}: {name} is {found[name]}, and must be at least {bar}"


def audits_that_cost(report: Report) -> list[str]:
    """Return the audits that took points off, each with its figure where it has one: `speed-index (3.7 s)`."""
    names = [ref["id"] for name in BARS for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    audits = [report["audits"][name] for name in names]
    lost = [audit for audit in audits if audit["score"] is not None and audit["score"] < 1]  # None: does not apply
    return [f"{audit['id']} ({audit['displayValue']})" if "displayValue" in audit else audit["id"] for audit in lost]


def render_table(scores: Mapping[str, Scores]) -> str:
    """Return a Markdown table: a row for each page and one for the bars, a column for each category."""
    rows = [[page, *(found[name] for name in BARS)] for page, found in scores.items()]
    rows = [["page", *BARS], ["---"] * (1 + len(BARS)), *rows, ["the bar", *BARS.values()]]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def render_figures(scores: Mapping[str, Scores], runs: Sequence[Report], nu: str) -> str:
    """Return the text of docs/audit.md; the *runs* of any one page tell the versions and how many there were."""
    agent = runs[0]["environment"]["hostUserAgent"]
    return FIGURES.format(
        lighthouse=runs[0]["lighthouseVersion"],
        chrome=agent.partition("Chrome/")[2].partition(".")[0],
        runs=len(runs),
        table=render_table(scores),
        nu=nu,
    )
