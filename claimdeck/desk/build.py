"""Build a site, unless it stands as it was built: then nothing that builds is even loaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from claimdeck.write.standing import Report, inputs_of, keep_standing, standing

Tell = Callable[[str, int, int], None]


def build_unless_standing(
    root: Path, output: Path, *, base_url: str | None, strict: bool, force: bool, cached: bool, jobs: int, tell: Tell
) -> Report:
    """Return what a build of *root* into *output* did; SiteError as build_site.  Unless *cached*, it is made anew."""
    asked = f"{output.absolute()} {base_url} {strict}"
    if cached and (report := standing(root, output, asked)):
        return report
    inputs = inputs_of(root, time.time_ns())
    from claimdeck.pipeline import build_site

    return build_site(
        root,
        output,
        base_url=base_url,
        strict=strict,
        force=force,
        cached=cached,
        jobs=jobs,
        tell=tell,
        then=lambda report: keep_standing(root, output, asked, inputs, report) if cached else None,
    )
