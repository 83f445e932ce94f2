"""The edits whose price is measured: in a card's text, in its title, in a template.  Numbered: none repeats."""

from pathlib import Path

from claimdeck.read.static import PROJECT
from tests.benchmarks.corpus import Fields

CLAIM = "claim-000007"  # written the plain way in every corpus
TEMPLATE = Path("templates", "pages", "claim.html")


def words_of(number: int) -> str:
    """Return the words by which edit *number* is found again: those of no other edit begin with them."""
    return f"Edit {number} of many"


def with_body(card: Fields, number: int) -> Fields:
    """Return *card* with other words in its analysis."""
    return card | {"analysis": f"{words_of(number)}. {card['analysis']}"}


def with_title(card: Fields, number: int) -> Fields:
    """Return *card* with another `short`, and the entry in its history without which that is a silent change."""
    entry = {"on": card["reviewed"], "status": card["status"], "note": f"{words_of(number)}, of the title."}
    return card | {"short": f"{words_of(number)}: a title", "history": [*card["history"], entry]}


def write_template(root: Path, number: int) -> None:
    """Give the site in *root* a template of claims of its own: ours, with words that it did not have before."""
    text = (PROJECT / TEMPLATE).read_text(encoding="utf-8")
    edited = text.replace("<article", f"<p>{words_of(number)}</p><article", 1)
    (root / TEMPLATE).parent.mkdir(parents=True, exist_ok=True)
    (root / TEMPLATE).write_text(edited, encoding="utf-8")
