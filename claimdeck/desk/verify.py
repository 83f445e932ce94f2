"""Verify a build: make the site a second time, elsewhere, and compare."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from claimdeck.pipeline import build_site


def verify_build(root: Path, output: Path, base_url: str | None) -> list[str]:
    """Return the files in which a second build of *root* differs from the one in *output*."""
    with TemporaryDirectory(prefix="claimdeck-") as folder:
        second = Path(folder) / "site"
        build_site(root, second, base_url=base_url, cached=False)
        names = {
            path.relative_to(base).as_posix() for base in (output, second) for path in base.rglob("*") if path.is_file()
        }
        return sorted(name for name in names if _content(output / name) != _content(second / name))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
