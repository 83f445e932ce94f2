"""Writes a corpus as a dossier of ours, and records it: YAML as editors write it, the rough claims in odd styles."""

import json
import re
from pathlib import Path
from shutil import copytree
from textwrap import indent, wrap
from typing import Any

from claimdeck.judge.lock import LOCK_PATH, record_deck
from claimdeck.model.problems import Severity
from claimdeck.pipeline import judge_site
from claimdeck.read.lock import read_lock
from tests.benchmarks.corpus import Corpus, Fields

PLAIN = re.compile(r"[A-Za-z0-9][\w /.,;()’?–-]*(?<! )|https?://[\w./-]+", re.ASCII)
NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off"}  # to other readers of YAML
PLAIN_TEMPLATES = Path(__file__).with_name("plain")
ODD_STYLES = 3


def write_dossier(corpus: Corpus, root: Path, *, plain: bool = False) -> None:
    """Write *corpus* into *root*; *plain*: with the benchmark's plain templates instead of ours."""
    write_text(root / "site.yaml", card_text(corpus.settings))
    for kind in ("topics", "claimants", "sources", "claims"):
        for number, (id_, fields) in enumerate(getattr(corpus, kind).items()):
            style = 1 + number // 3 % ODD_STYLES if id_ in corpus.rough else 0
            write_text(root / "content" / kind / f"{id_}.yaml", card_text(fields, style))
    if plain:
        copytree(PLAIN_TEMPLATES, root / "templates")


def record_dossier(corpus: Corpus, root: Path) -> bool:
    """Record the dossier in *root* as published, each quote verified against its article; False if no lock holds it."""
    texts: dict[str, list[str]] = {}
    for card in corpus.claims.values():
        for piece in card["evidence"]:
            texts.setdefault(piece["source"], []).append(piece.get("quote", ""))
    for source, quotes in texts.items():
        write_text(
            root / "articles" / f"{source}.txt", "\n\n".join(f"They said: {quote}." for quote in quotes if quote)
        )
    judged = judge_site(root, root / "articles", relock=True)
    errors = [problem for problem in judged.problems if problem.severity is Severity.ERROR]
    if errors:
        raise ValueError(f"The corpus has errors, the first: {errors[0]}")
    write_text(root / LOCK_PATH, record_deck(judged.deck, judged.quotes).as_text())
    _, faults = read_lock(root / LOCK_PATH, LOCK_PATH)
    if faults:
        (root / LOCK_PATH).unlink()
    return not faults


def card_text(fields: Fields, style: int = 0) -> str:
    """Return *fields* as YAML: 0 as most editors write it, 1 folded, 2 indented and wrapped, 3 quoted like JSON."""
    lines = ["# Written in a hurry.", ""] if style else []
    return "\n".join([*lines, *(_field(name, value, style) for name, value in fields.items() if value != [])]) + "\n"


def _field(name: str, value: Any, style: int) -> str:
    if isinstance(value, str):
        return f"{name}: {_long(value, style)}"
    if name == "evidence" and style != 3:
        step = "    " if style == 2 else "  "
        return "\n".join([f"{name}:", *(_block(entry, step) for entry in value)])
    if isinstance(value, list) and (name != "topics" or style == 2):
        return "\n".join([f"{name}:", *(f"  - {flow(entry, quoted=style == 3)}" for entry in value)])
    return f"{name}: {flow(value, quoted=style == 3)}"


def _block(entry: Fields, step: str) -> str:
    lines = "\n".join(f"{name}: {flow(value)}" for name, value in entry.items())
    return step + "- " + indent(lines, step + "  ").lstrip()


def _long(text: str, style: int) -> str:
    """Return a field's *text*: one of several lines as a block, a long one as the style has it."""
    if text.endswith("\n"):
        return "|\n" + indent(text.rstrip("\n"), "  " if style != 2 else "      ")
    if style == 1 and len(text) > 60:
        return ">-\n" + indent("\n".join(wrap(text, 70)), "   ")
    if style == 2 and len(text) > 60 and PLAIN.fullmatch(text):
        return "\n    ".join(wrap(text, 60, break_long_words=False, break_on_hyphens=False))
    if style == 2:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text) if style == 3 else scalar(text)


def flow(value: Any, *, quoted: bool = False) -> str:
    """Return *value* on one line; *quoted*: every text in double quotes, letters beyond ASCII as escapes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(inner, quoted=quoted)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner, quoted=quoted) for inner in value) + "]"
    if isinstance(value, str):
        return json.dumps(value) if quoted else scalar(value)
    return str(value).lower()


def scalar(text: str) -> str:
    """Return *text* bare where any reader of YAML takes it for a text or a date, in double quotes elsewhere."""
    bare = PLAIN.fullmatch(text) and text.lower() not in NOT_TEXT and "," not in text
    return text if bare else json.dumps(text, ensure_ascii=False)


def write_text(path: Path, text: str) -> None:
    """Write *text* to the file at *path*, with the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
