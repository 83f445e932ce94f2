"""READ site.yaml."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from claimdeck.model.problems import Place, Problem, did_you_mean, error, nearest
from claimdeck.model.settings import Settings
from claimdeck.read.documents import parse_document
from claimdeck.read.files import read_text
from claimdeck.read.models import build_model, without_blanks
from claimdeck.read.places import Places
from claimdeck.read.static import STYLESHEET

VOCABULARIES = ("ladder", "measures", "populations")
COLOR_TOKEN = re.compile(r"(?<![a-z0-9-])--([a-z][a-z0-9-]*+)\s*+:")


@dataclass(frozen=True)
class SettingsFile:
    """The settings and where they stand.  *doubted* lists could not be read whole: no word is judged by them."""

    settings: Settings
    places: Places
    doubted: frozenset[str] = frozenset()


def read_settings(path: Path, stylesheet: Path) -> tuple[SettingsFile, list[Problem]]:
    """Return what site.yaml at *path* says, and its problems.

    *stylesheet* is the site.css in force: a rung's color must be one of its tokens.
    """
    name = path.name
    if not os.path.lexists(path):
        hint = "Begin one with `title:` and `url:`, the address at which the site will stand."
        missing = error(Place(name), "CD001", "there is no site.yaml in this folder.", hint)
        return _no_settings(Places(name), [missing])
    text, problems = read_text(path, name)
    css, css_problems = read_text(stylesheet, STYLESHEET) if os.path.lexists(stylesheet) else ("", [])
    if text is None:
        return _no_settings(Places(name), [*problems, *css_problems])
    settings, problems = _settings_in(text, name, css)
    return settings, [*problems, *css_problems]


def _no_settings(places: Places, problems: list[Problem]) -> tuple[SettingsFile, list[Problem]]:
    return SettingsFile(Settings(), places, frozenset(VOCABULARIES)), problems


@lru_cache(maxsize=1)  # a preview reads the same settings again and again
def _settings_in(text: str, name: str, css: str | None) -> tuple[SettingsFile, list[Problem]]:
    document = parse_document(text, name)
    if not isinstance(document.value, dict):
        empty = error(Place(name), "CD002", "site.yaml holds no settings.", "Write one `field: value` a line.")
        return _no_settings(document.places, document.problems or [empty])
    written = without_blanks(document.value)
    settings, problems = build_model(Settings, document, "site")
    settings = settings or Settings()
    tokens = None if css is None else set(COLOR_TOKEN.findall(css))
    problems = [*document.problems, *problems, *_settings_problems(settings, written, document.places, tokens)]
    if written.get("ladder") == []:
        hint = "Write at least one, or leave `ladder` out for the default one."
        problems.append(error(document.places.of("ladder"), "CD015", "the ladder has no rung.", hint))
    doubted = {word for word in VOCABULARIES if word in written and len(written[word]) != len(getattr(settings, word))}
    unknown = written.keys() - Settings.model_fields.keys()
    doubted |= {meant for word in unknown if (meant := nearest(word, VOCABULARIES))}
    return SettingsFile(settings, document.places, frozenset(doubted)), problems


def _settings_problems(
    settings: Settings, written: dict[str, Any], places: Places, tokens: set[str] | None
) -> Iterator[Problem]:
    if "?" in settings.url or "#" in settings.url:
        hint = "Write it up to its last slash: https://example.org/claims/."
        yield error(places.of("url"), "CD015", "the site's address has a query or a fragment.", hint)
    seen: set[str] = set()
    for number, rung in enumerate(settings.ladder):
        if rung.id in seen:
            yield error(
                places.of("ladder", number, "id"),
                "CD015",
                f"“{rung.id}” is on the ladder twice.",
                "Keep one of the two.",
            )
        if tokens is not None and rung.color not in tokens:
            hint = did_you_mean(rung.color, tokens, f"Add --{rung.color} to the tokens of static/site.css.")
            yield error(places.of("ladder", number, "color"), "CD015", f"site.css has no color “{rung.color}”.", hint)
        if (scale := rung.rating) and not scale.worst <= scale.value <= scale.best > scale.worst:
            hint = "Write it as {value: 4, best: 5, worst: 1}."
            yield error(
                places.of("ladder", number, "rating"), "CD015", f"the rating of “{rung.id}” is off its scale.", hint
            )
        seen.add(rung.id)
    for name, population in settings.populations.items():
        place = places.of("populations", name, "part_of")
        known = written["populations"]  # one that could not be read is known all the same
        if population.part_of and population.part_of not in known:
            yield error(
                place,
                "CD020",
                f"there is no population “{population.part_of}”.",
                did_you_mean(population.part_of, known, "Add it to `populations`."),
            )
        elif (ring := ancestors(name, settings)) and name in ring and name == min(ring):
            yield error(place, "CD021", f"“{name}” is a part of itself.", "Take one `part_of` out of this ring.")


def ancestors(population: str, settings: Settings) -> list[str]:
    """Return the populations that *population* is a part of, nearest first; a ring is followed once."""
    found: list[str] = []
    here = settings.populations.get(population)
    while here and here.part_of and here.part_of not in found:
        found.append(here.part_of)
        here = settings.populations.get(here.part_of)
    return found
