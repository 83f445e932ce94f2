"""Resolve what one card says of others: ids of cards, words of the vocabularies."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from claimdeck.model.cards import KINDS, Figure, Kind
from claimdeck.model.problems import Problem, Suggestions, error
from claimdeck.model.urls import INTRODUCED, RESERVED
from claimdeck.read.content import CardFile, Content
from claimdeck.read.settings import SettingsFile

File = CardFile[Any]
GENERATED = {"home", *INTRODUCED, *RESERVED}  # no prose page can stand there


class References:
    """Answers which references of which card hold, and collects a problem for each that does not."""

    def __init__(self, content: Content, site: SettingsFile) -> None:
        self.content = content
        self.site = site
        self.known = {kind: content.of_kind(kind) for kind in KINDS}
        self.ladder = {rung.id: rung for rung in site.settings.ladder}
        self.problems: list[Problem] = []
        self.suggest = Suggestions()
        self.asked: set[tuple[Kind, str]] = set()  # the cards that were asked for
        self.unsound: set[str] = {file.path for _, file in content.files() if file.damaged}
        self.renamed = self._read_aliases()

    def card(self, kind: Kind, id_: str, file: File, *loc: str | int) -> bool:
        """Whether the card *id_* that *file* names at *loc* exists; notes a problem where it does not."""
        if not id_:  # left out, and told already
            self.unsound.add(file.path)
            return False
        self.asked.add((kind, id_))
        target = self.known[kind].get(id_)
        if target:
            if target.card.draft and not file.card.draft:
                hint = "Publish the draft (delete its `draft: true`), or take the reference out."
                self.problems.append(error(file.places.of(*loc), "CD022", f"{kind} “{id_}” is a draft.", hint))
            return True
        self.unsound.add(file.path)
        if (kind, id_) not in self.content.unread:
            self._note_missing(kind, id_, file, *loc)
        return False

    def word(self, vocabulary: str, word: str, known: Collection[str], file: File, *loc: str | int) -> bool:
        """Whether *word* is one of the *known* words of a *vocabulary* of site.yaml."""
        if word in known or vocabulary in self.site.doubted:
            return word in known
        self.unsound.add(file.path)
        if not word:  # left out, and told already
            return False
        where = "on the ladder" if vocabulary == "ladder" else f"among the {vocabulary}"
        hint = self.suggest(
            word, known, f"Known: {', '.join(known)}." if known else f"Add it to `{vocabulary}` in site.yaml."
        )
        name = "status " if vocabulary == "ladder" else ""
        self.problems.append(error(file.places.of(*loc), "CD024", f"{name}“{word}” is not {where}.", hint))
        return False

    def figure(self, figure: Figure | None, file: File, *loc: str | int) -> None:
        """Check the words of a *figure*."""
        if figure:
            settings = self.site.settings
            self.word("measures", figure.measure, settings.measures, file, *loc, "measure")
            if figure.of:
                self.word("populations", figure.of, settings.populations, file, *loc, "of")

    def settings_cards(self) -> None:
        """Check the cards that site.yaml names."""
        for number, id_ in enumerate(self.site.settings.start_here):
            file = self.content.claims.get(id_)
            if (file is None or file.card.draft or file.card.withdrawn) and (
                "claim",
                id_,
            ) not in self.content.unread:
                what = "is a draft or withdrawn" if file else "does not exist"
                hint = self.suggest(id_, set(self.content.claims) - {id_}, "Name claims that readers can see.")
                self.problems.append(
                    error(self.site.places.of("start_here", number), "CD020", f"claim “{id_}” {what}.", hint)
                )

    def _note_missing(self, kind: Kind, id_: str, file: File, *loc: str | int) -> None:
        new = self.renamed.get((kind, id_))
        message = f"{kind} “{id_}” is now called “{new}”." if new else f"there is no {kind} “{id_}”."
        known = self.content.of_kind(kind)
        hint = (
            f"Write {new}." if new else self.suggest(id_, known, f"Add content/{kind}s/{id_}.yaml, or correct the id.")
        )
        self.problems.append(error(file.places.of(*loc), "CD020", message, hint))

    def _read_aliases(self) -> dict[tuple[Kind, str], str]:
        renamed: dict[tuple[Kind, str], str] = {}
        for kind, file in self.content.files():
            for number, alias in enumerate(file.card.aliases):
                other = alias if alias in self.content.of_kind(kind) else renamed.get((kind, alias))
                if other is not None:
                    what = (
                        f"“{alias}” is the id of a card"
                        if other == alias
                        else f"“{alias}” is already an alias of “{other}”"
                    )
                    place = file.places.of("aliases", number)
                    self.problems.append(error(place, "CD023", f"{what}.", "Ids are never reused: take the alias out."))
                elif kind == "page" and alias in GENERATED:
                    place = file.places.of("aliases", number)
                    self.problems.append(
                        error(place, "CD023", f"/{alias}/ is a generated address.", "Take the alias out.")
                    )
                else:
                    renamed[kind, alias] = file.id
        return renamed
