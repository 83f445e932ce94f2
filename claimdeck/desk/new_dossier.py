"""Begin a dossier of one's own: settings, an example, schemas, forms, a workflow.  Needs none of our cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from claimdeck.desk.new import written_field
from claimdeck.desk.schema import write_schemas
from claimdeck.model.descriptions import fields_of
from claimdeck.model.problems import RefusedError
from claimdeck.model.settings import Settings
from claimdeck.model.store import replace_file
from claimdeck.read.static import PROJECT

FILES = Path(__file__).with_name("dossier")
SHARED = (".vscode", ".github/ISSUE_TEMPLATE")  # as they are here
HEAD = "# The settings of this dossier.  What begins with # is optional: delete the # to use the field.\n"
BEGUN = {  # what stands in the first site.yaml: it builds, and says of itself what to write
    "title": "The title of this dossier",
    "url": "https://example.org/dossier/",
    "publisher": "{name: The name of your desk, url: https://example.org/}",
    "measures": "{crowns: {label: crowns spent}}",
}


def begin_dossier(folder: Path) -> str:
    """Write a dossier into the *folder*, which may hold a repository and nothing else; return where its README is.

    RefusedError where there is something else, or where it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        raise RefusedError(f"{folder} is not an empty folder. Name one that is empty, or that does not exist yet.")
    cards = [
        path for path in folder.resolve().parents if path.name == "content" and (path.parent / "site.yaml").is_file()
    ]
    if cards:
        raise RefusedError(f"{folder} lies among the cards of {cards[0].parent}. Name a folder outside of it.")
    try:
        for path, content in _files():
            replace_file(folder / path, content)
        write_schemas(folder)
    except OSError as fault:
        raise RefusedError(f"{folder} cannot be written ({fault.strerror}). Name another folder.") from fault
    return str(folder / "README.md")


def _files() -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file of a new dossier, but for the schemas."""
    yield "site.yaml", "\n".join([HEAD, *_site_lines()]).encode()
    for path in sorted(FILES.rglob("*")):
        if path.is_file():
            yield path.relative_to(FILES).as_posix(), path.read_bytes()
    for folder in SHARED:
        for path in sorted((PROJECT / folder).iterdir()):
            yield f"{folder}/{path.name}", path.read_bytes()


def _site_lines() -> Iterator[str]:
    for field in fields_of(Settings):
        yield from written_field(field, [f"Example: {field.example}"], BEGUN.get(field.name, ""))
        yield ""
