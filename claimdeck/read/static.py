"""READ static files, and find templates: a site's own override the project's, file by file."""

from __future__ import annotations

from pathlib import Path

from claimdeck.model.problems import UsageError

PROJECT = Path(__file__).resolve().parents[2]  # the folder of build.py
AT_ROOT = "root/"  # static/root/* is published at /


def template_folders(root: Path) -> list[Path]:
    """Return where the templates of the site in *root* are looked for, the first first."""
    folders = [folder / "templates" for folder in _layers(root)]
    return [folder for folder in folders if folder.is_dir()]


def stylesheet(root: Path) -> Path:
    """Return the site.css in force for the site in *root*."""
    return next(
        (path for folder in _layers(root) if (path := folder / "static" / "site.css").is_file()),
        root / "static" / "site.css",
    )


def read_static(root: Path) -> dict[str, bytes]:
    """Return the static files of the site in *root* by their path in the output."""
    files: dict[str, bytes] = {}
    for folder in reversed(_layers(root)):
        static = folder / "static"
        for path in sorted(static.rglob("*")):
            name = path.relative_to(static).as_posix()
            is_hidden = any(part.startswith(".") for part in name.split("/")) and not name.startswith(AT_ROOT)
            if not path.resolve().is_relative_to(static.resolve()):
                raise UsageError(f"{path} leads out of static/. Put the file itself there.")
            if path.is_file() and not is_hidden and path.name != ".DS_Store":
                files[name.removeprefix(AT_ROOT) if name.startswith(AT_ROOT) else f"static/{name}"] = path.read_bytes()
    return files


def _layers(root: Path) -> list[Path]:
    return list(dict.fromkeys([root.resolve(), PROJECT]))
