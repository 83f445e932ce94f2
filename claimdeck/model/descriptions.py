"""What each field of a card and of site.yaml says, in one sentence for editors, with an example as they type it.

Stands apart from the models, which every build imports: only `schema`, `new` and the field reference of the docs
read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimdeck.model import cards
from claimdeck.model.fields import Part
from claimdeck.model.settings_descriptions import SETTINGS


class Described(NamedTuple):
    """A field under the name that editors write; its *example* is YAML."""

    name: str
    description: str
    example: str
    required: bool


def fields_of(model: type[Part]) -> Iterator[Described]:
    """Yield the fields of *model*: the required ones, then the others, each in the order of the model."""
    texts = {name: text for part in reversed(model.__mro__) for name, text in DESCRIPTIONS.get(part, {}).items()}
    names = [field.alias or name for name, field in model.model_fields.items()]
    required = [*model.REQUIRED, *(name for name, field in model.model_fields.items() if field.is_required())]
    of_all_cards = [name for name in names if name in DESCRIPTIONS[cards.Card]]
    for name in dict.fromkeys([*required, *(name for name in names if name not in of_all_cards), *of_all_cards]):
        yield Described(name, *texts[name], name in required)


DESCRIPTIONS: dict[type, dict[str, tuple[str, str]]] = {
    **SETTINGS,
    cards.Card: {
        "draft": (
            "While `true`, the card is not published: `serve` shows it, marked, its problems are notes that never fail "
            "a build, and required fields may be empty.",
            "true",
        ),
        "aliases": ("Old ids of this card; their addresses redirect here.", "[cost-of-the-bridge]"),
    },
    cards.ClaimCard: {
        "claim": ("The claim itself, never its denial.", "The new bridge cost about 4 million crowns."),
        "short": ("The claim in at most 75 characters, for titles and lists.", "The bridge cost about 4 million"),
        "status": ("A word of the ladder in `site.yaml`.", "unverified"),
        "because": ("One sentence: why this status.", "Nobody shows how the sum is known."),
        "reviewed": ("The day on which the desk really did the work.", "2030-05-03"),
        "topics": ("The ids of the topics it belongs to, at least one.", "[bridge]"),
        "evidence": (
            "What was read, piece by piece, at least one.",
            "[{source: outlet-a-2030-05-02, stance: supports, via: [mayor]}]",
        ),
        "history": (
            "The statuses it has had, each with its day, oldest first, at least one; it only grows.",
            "[{on: 2030-05-03, status: unverified, note: First published.}]",
        ),
        "why_selected": ("Why this claim was chosen.", "The largest sum in the town’s budget."),
        "happened": (
            "When it happened: a date, `from` and `to` (either may be left out), or `around`.",
            "{from: 2029-01-01, to: 2030-05-01}",
        ),
        "said": (
            "Who put it into circulation (`by`), and `on` which day where a source dates it.",
            "{by: mayor, on: 2030-05-01}",
        ),
        "places": ("Names of the places it is about.", "[The old mill, The river]"),
        "figure": ("The number claimed.", "{measure: spent, about: 4000000, of: townspeople}"),
        "unknowns": ("What nobody knows.", "[What the road to the bridge cost.]"),
        "would_change_if": ("What would change the status.", "[The auditor publishes the accounts.]"),
        "analysis": (
            "The desk’s own words, at length, in Markdown.",
            "The council counted *without* the road, see [the opening](claim:bridge-opened).",
        ),
        "related": ("How it stands to other claims.", "[{claim: bridge-opened, as: context}]"),
        "corrections": (
            "What was changed in public after it was published.",
            "[{on: 2030-05-05, kind: update, note: A post was deleted.}]",
        ),
        "override": (
            "The only way past a status ceiling, printed on the page: `reason`, `by` whom, `on` which day.",
            "{reason: The accounts lie open in the town hall., by: The editor, on: 2030-05-03}",
        ),
        "language": ("The language of the statement, where it is not the site’s.", "ko"),
        "withdrawn": (
            "The day and the reason of a withdrawal: the file stays with this and `short`, its page says so, and it "
            "leaves lists and exports.",
            "{on: 2030-05-10, note: We mixed it up with another bridge.}",
        ),
    },
    cards.Evidence: {
        "source": ("The id of what was read.", "outlet-a-2030-05-02"),
        "stance": (
            "`supports`: says it is so; `disputes`: says it is not so, or shows what cannot both be true; `qualifies`: "
            "narrows it, or says it could not be verified; `mentions`: context, weighs nothing.",
            "supports",
        ),
        "via": (
            "Whom the source cites, nearest first, the last being the origin, or `unknown` where the trail ends in the "
            "dark; left out, the source’s own outlet is the origin.",
            "[wire-w, town-council]",
        ),
        "via_from": ("The source that shows a link of the chain where this one does not.", "wire-w-2030-05-01"),
        "quote": ("The source’s words, verbatim, at most 25.", "the bridge cost us four million"),
        "translation": ("Of the quote, where it is in another language.", "cost over four million"),
        "note": ("A sentence of yours.", "She said it twice."),
        "figure": ("The number as this source puts it.", "{measure: spent, over: 4000000}"),
        "happened": ("The date as this source puts it.", "{around: 2030-04}"),
        "admission": ("Whether the origin is the party against whose interest the claim speaks.", "true"),
        "own": (
            "In a source that `carries` a wire or draws on one: whether this passage is the outlet’s own addition.",
            "true",
        ),
    },
    cards.Figure: {
        "measure": ("What is counted: a word of `measures` in `site.yaml`.", "spent"),
        "exactly": ("The number, where the source says that it is exact.", "4012345"),
        "about": ("The number, where the source says “about”, or nothing.", "4000000"),
        "at_least": ("The number, where it may be more.", "3900000"),
        "at_most": ("The number, where it may be less.", "40"),
        "over": ("The number, where it is more than that.", "5000000"),
        "between": ("Two numbers, the lower first.", "[5000000, 6000000]"),
        "of": ("Of whom: a word of `populations` in `site.yaml`.", "townspeople"),
        "scope": ("Whether it counts one `incident` or is a `cumulative` total.", "cumulative"),
        "as_of": ("The date of a total.", "2030-05-01"),
        "period": ("The time in which it was counted: a date, or `from` and `to`.", "{from: 2029, to: 2030}"),
        "per": ("`day`, where it is so many a day.", "day"),
    },
    cards.Span: {
        "from": ("The date it begins with.", "2024-11-14"),
        "to": ("The date it ends with.", "2024-11-15"),
        "around": ("The date it was around; then without `from` and `to`.", "2024-11"),
    },
    cards.Said: {
        "by": ("The id of the claimant who put it into circulation.", "mayor"),
        "on": ("The date, where a source gives it.", "2030-05-01"),
    },
    cards.Related: {
        "claim": ("The id of the other claim.", "bridge-opened"),
        "as": (
            "`same-event`, `contradicts` or `context`, which hold from both sides, or `narrows` or `supersedes` the "
            "other one.",
            "same-event",
        ),
    },
    cards.HistoryEntry: {
        "on": ("The day.", "2030-05-03"),
        "status": ("The status from that day on: a word of the ladder in `site.yaml`.", "unverified"),
        "note": ("Why, in a sentence.", "First published."),
        "sources": ("The ids of the sources that brought the change.", "[outlet-a-2030-05-02]"),
    },
    cards.Correction: {
        "on": ("The day.", "2030-05-04"),
        "kind": ("`correction`, `update` or `clarification`.", "correction"),
        "note": ("What was changed, in a sentence.", "The outlet’s name was wrong."),
    },
    cards.Override: {
        "reason": ("Why the card may stand above its ceiling.", "The accounts lie open in the town hall."),
        "by": ("Who decided it.", "The editor"),
        "on": ("The day of the decision.", "2030-05-03"),
    },
    cards.DatedNote: {
        "on": ("The date.", "2030-05-10"),
        "note": ("The reason, in a sentence.", "We mixed it up with another bridge."),
    },
    cards.SourceCard: {
        "outlet": (
            "The id of the claimant who published it; of an article or a wire report it must be of kind `outlet`.",
            "outlet-a",
        ),
        "url": (
            "Its address; `null` where it has none, and then `where` says how it was read.",
            "https://example.org/bridge",
        ),
        "published": ("The date of its publication.", "2030-05-02"),
        "kind": ("`article`, `wire`, `statement`, `post`, `briefing` or `video`.", "article"),
        "language": ("The language it is in: `en`, `ko`, `pt-BR`.", "en"),
        "summary": ("One sentence in your own words.", "The article gives a figure for the bridge."),
        "title": (
            "Its headline; left out or `null` where unknown: the page then describes the document and invents none.",
            "What the bridge cost",
        ),
        "where": ("How it was read, where it has no address.", "In the printed issue of 2 May 2030, page 3."),
        "also_at": ("Further addresses.", "[https://example.net/bridge]"),
        "archive_url": ("The address of an archived copy.", "https://example.net/archive/bridge"),
        "updated": ("The date of the document’s last change.", "2030-05-04"),
        "authors": ("The names of its authors.", "[The town desk]"),
        "carries": (
            "The id of the wire whose whole text this is; a chain that does not begin at it is a warning, unless the "
            "evidence says `own: true`.",
            "wire-w",
        ),
        "draws_on": ("The id of the wire of which only a part stands here.", "wire-w"),
        "retracted": (
            "The day and the reason, where the outlet took it back.",
            "{on: 2030-05-10, note: The sum was that of another bridge.}",
        ),
    },
    cards.ClaimantCard: {
        "name": ("The full name.", "Town council"),
        "kind": ("`person`, `agency`, `state`, `outlet`, `institute` or `unnamed`.", "agency"),
        "short": ("The name for lists.", "Council"),
        "part_of": (
            "The id of whom it is a part: a person speaks for an agency, an agency for a state; origins with one "
            "topmost `part_of` count once.",
            "town",
        ),
        "stake": (
            "`party` (to the events), `aligned` (with a party), `none` or `unknown`; inherited from `part_of`, "
            "otherwise unknown.",
            "party",
        ),
        "stake_note": (
            "Why, in one neutral sentence; needed with `party` and `aligned`.",
            "It ordered and pays for the bridge (outlet-a-2030-05-02).",
        ),
        "also_known_as": ("Other names.", "[The councillors]"),
    },
    cards.TopicCard: {
        "name": ("The name of the subject.", "The bridge"),
        "description": ("One sentence on it.", "What the new bridge over the river cost."),
    },
    cards.PageCard: {
        "title": ("The title of the page.", "About this site"),
        "body": (
            "The text, in Markdown, which stands below the front matter and has no name there.",
            "We check what is said of the bridge.",
        ),
    },
}
