"""Write the pages of docs/ that repeat what the code knows: one for each code of a problem.  Run by `make docs`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from field_tables import field_reference

from claimdeck.desk.codes import CODES, Code
from claimdeck.desk.excerpts import page_of, tell_problem
from claimdeck.model.problems import Severity
from tests.broken_sites import BROKEN, problems_of

PROJECT = Path(__file__).resolve().parents[1]
Pages = Iterator[tuple[str, str]]  # a file of the repository, and its text
INDEX = """# Problems, by code

An **error** fails a build, a **warning** only with `--strict`; the problems of drafts are **notes**. Codes are stable,
and each has a page with an example. `make docs` writes these pages from `claimdeck/desk/codes.py`.

| code | | what is wrong | what to do |
|---|---|---|---|
"""
PAGE = """# {code}

{weight} [All problems](../problems.md)

**What is wrong:** {wrong}

**What to do:** {remedy}

{why}## An example

```text
{example}
```

This is what a terminal shows for [tests/sites/broken/{site}](../../tests/sites/broken/{site}).{more}
"""
WEIGHTS = {
    Severity.ERROR: "An **error**: nothing is built until it is mended.",
    Severity.WARNING: "A **warning**: it fails a build or a check only with `--strict`.",
    Severity.NOTE: "A **note**: it never fails anything.",
}
READ_ON = {  # where docs/ say more, and of which codes
    "cards.md": "CD010 CD011 CD012 CD013 CD014",
    "cards.md#siteyaml": "CD015 CD024",
    "cards.md#evidence": "CD026 CD027 CD063",
    "cards.md#relations": "CD028 CD065",
    "cards.md#what-the-build-derives": "CD040",
    "cards.md#the-lock": "CD050 CD051 CD052 CD053 CD054 CD055 CD060 CD061 CD062",
    "cards.md#markdown": "CD070",
    "exports.md#claimreview": "CD074",
    "editors.md#outside-links": "CD090 CD091 CD092",
}


def problem_pages() -> Pages:
    """Yield docs/problems.md, and the page of each code."""
    rows = (f"| [{code}](problems/{code}.md) {_row(told)}\n" for code, told in CODES.items())
    yield "docs/problems.md", INDEX + "".join(rows)
    for code, told in CODES.items():
        yield page_of(code), _page(code, told)


GENERATORS: tuple[Callable[[], Pages], ...] = (problem_pages, field_reference)


def main() -> int:
    """Write every page whose text differs, and say which."""
    os.environ["no_proxy"] = "*"  # the examples of outside links are answered on this machine
    for path, text in (page for pages in GENERATORS for page in pages()):
        file = PROJECT / path
        if not file.is_file() or file.read_bytes() != text.encode():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
            print(f"{path} written")
    return 0


def _row(told: Code) -> str:
    return f"| {told.severity.word} | {told.wrong} | {told.remedy} |"


def _page(code: str, told: Code) -> str:
    problem = next(problem for problem in problems_of(told.site) if problem.code == code)
    read_on = next((link for link, codes in READ_ON.items() if code in codes), "")
    return PAGE.format(
        code=code,
        weight=WEIGHTS[told.severity],
        wrong=told.wrong,
        remedy=told.remedy,
        why=f"**Why:** {told.why}\n\n" if told.why else "",
        example=tell_problem(problem, BROKEN / told.site, colored=False),
        site=told.site,
        more=f" More: [docs/{read_on}](../{read_on})." if read_on else "",
    )


if __name__ == "__main__":
    sys.exit(main())
