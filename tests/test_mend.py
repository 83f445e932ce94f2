"""Mending one file's text: each way to write an id, a list, a link; and nothing else changes."""

from typing import get_args, get_origin

import pytest
from pydantic import BaseModel

from claimdeck.desk.mend import REFERENCES, Renaming, mend_text
from claimdeck.model.cards import MODELS
from claimdeck.model.fields import check_id
from claimdeck.model.problems import UsageError
from claimdeck.model.settings import Settings

CLAIM = Renaming("claim", "old", "brand-new")
SOURCE = Renaming("source", "old", "brand-new")
TOPIC = Renaming("topic", "old", "brand-new")
NOT_CARDS = {"populations.*.part_of", "ladder.*.id", "ladder.*.color"}  # ids, but not of cards


def mended(text, renaming=CLAIM, holder="claim", is_renamed=False):
    return mend_text(text, holder, "content/claims/x.yaml", renaming, is_renamed)


def id_fields(model, around=""):
    """Yield the path of every field of *model*, and of the groups in it, that holds ids."""
    for name, field in model.model_fields.items():
        yield from ids_in(field.annotation, field.metadata, f"{around}{field.alias or name}")


def ids_in(annotation, metadata, path):
    if any(getattr(each, "func", None) is check_id for each in metadata):
        yield path
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from id_fields(annotation, f"{path}.")
    elif getattr(annotation, "__metadata__", None):
        yield from ids_in(annotation.__origin__, annotation.__metadata__, path)
    else:
        is_list = get_origin(annotation) in {tuple, dict}
        for inner in get_args(annotation)[1 if get_origin(annotation) is dict else 0 :]:
            yield from ids_in(inner, (), f"{path}.*" if is_list else path)


@pytest.mark.parametrize("holder", [*MODELS, "site"])
def test_every_field_that_names_cards_is_known_to_be_mended(holder):
    model = Settings if holder == "site" else MODELS[holder]
    assert set(id_fields(model)) - {"aliases.*"} - NOT_CARDS == set(REFERENCES[holder])


@pytest.mark.parametrize(
    "text",
    [
        "topics: [old]\n",
        "topics: [ old , older, old-mill ]  # old\n",
        "topics:\n- old\n- not-old\n",
        "topics:\n  - older # old\n\n  -   'old'   # old\n",
        'topics: ["old", older]\r\nclaim: The old "old".\r\n',
        "topics: [\n  older,\n  old,\n]\n",
        "{topics: [old], claim: old}",
        "topics:\n  - >-\n    old\n",
        "topics:\n  - |\n    old\n\n  - older\n",
        "topics: [! old]\n",
        "topics: [' old ']\n",
        "claim: 𝄞 é old\ntopics: [é, old]\n",
        "# old\n---\ntopics: [old]\n...\n# old\n",
    ],
)
def test_an_id_is_mended_however_it_is_written_and_nothing_else_is(text):
    after = mended(text, TOPIC)
    places = [place for place in range(len(text)) if text.startswith("old", place)]
    candidates = [f"{text[:place]}brand-new{text[place + 3 :]}" for place in places]
    assert after in candidates
    assert mended(after, Renaming("topic", "brand-new", "old")) == text


def test_only_fields_that_name_cards_of_the_kind_are_mended():
    text = (
        "claim: old\nshort: old\ntopics: [old]\nplaces: [old]\nsaid: {by: old}\nstatus: old\nevidence:\n- note: old\n"
    )
    assert mended(text, TOPIC) == text.replace("topics: [old]", "topics: [brand-new]")
    assert mended(text, CLAIM) == text


def test_every_field_of_evidence_and_history_is_mended():
    text = (
        "evidence:\n- {source: old, via: [old, b], via_from: old, quote: old}\n- source: older\n  via:\n  - old\n"
        "history: [{on: 2030-01-01, status: old, sources: [a, old]}]\nrelated: [{claim: old, as: context}]\n"
    )
    by_source = text.replace("source: old,", "source: brand-new,").replace("via_from: old", "via_from: brand-new")
    assert mended(text, SOURCE) == by_source.replace("[a, old]", "[a, brand-new]")
    via = text.replace("[old, b]", "[brand-new, b]").replace("  - old\n", "  - brand-new\n")
    assert mended(text, Renaming("claimant", "old", "brand-new")) == via
    assert mended(text, CLAIM) == text.replace("{claim: old", "{claim: brand-new")


def test_an_id_spelt_with_an_escape_is_refused_with_its_place():
    with pytest.raises(UsageError, match=r"^content/claims/x\.yaml:2:10: this is written in a way"):
        mended('claim: c\ntopics: ["\\x6fld"]\n', TOPIC)


LINKS = [
    ("[x](claim:old)", True),
    ("[x](claim:old#origins)", True),
    ('[x](claim:old "old")', True),
    ("[x](<claim:old>)", True),
    ("[x]( claim:old )", True),
    ("[claim:old](claim:old)", None),
    ("[x][1]\n\n[1]: claim:old\n", True),
    ("[x][1]\n\n[1]: </claims/old/> 'old'\n", True),
    ("[x](/claims/old/)", True),
    ("[x](/claims/old/#origins)", True),
    ("[x](/claims/old.json)", True),
    ("[x](/embed/old/)", True),
    ("> - *[x](claim:old)*", True),
    ("[x](claim:older)", False),
    ("[x](claim:old-mill)", False),
    ("[x](claim:not-old)", False),
    ("[x](/claims/old-mill/)", False),
    ("[x](source:old)", False),
    ("[x](/sources/old/)", False),
    ("[x](https://example.net/claims/old/)", False),
    ("[x](https://example.net/?claim:old)", False),
    ("`[x](claim:old)`", False),
    ("An old claim:old.", False),
    ("    [x](claim:old)", False),
]


@pytest.mark.parametrize(("link", "is_mended"), LINKS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_link_in_a_page_is_mended_where_it_is_one(link, is_mended, newline):
    around = "---\ntitle: claim:old\n---\n\n{}\n\nThe old [y](claim:older).\n".replace("\n", newline)
    after = link
    if is_mended is None:
        after = "[claim:old](claim:brand-new)"
    elif is_mended:
        mark = "claim:old" if "claim:old" in link else "/old"
        after = link.replace(mark, mark.replace("old", "brand-new"))
    text = around.format(link.replace("\n", newline))
    assert mended(text, CLAIM, "page") == around.format(after.replace("\n", newline))


@pytest.mark.parametrize(
    "analysis",
    [
        "|\n  See [x](claim:old),\n\n  `[x](claim:old)` and [y](claim:old-mill).\n",
        "|2-\n   See [x](claim:old),\n  `[x](claim:old)` and [y](claim:old-mill).",
        ">-\n  See [x](claim:old),\n  `[x](claim:old)` and\n  [y](claim:old-mill).",
        "See [x](claim:old), `[x](claim:old)` and [y](claim:old-mill).",
        '"See \\"[x](claim:old)\\", `[x](claim:old)` and\n  [y](claim:old-mill)."',
        "'See ''[x](claim:old)'', `[x](claim:old)` and [y](claim:old-mill).'",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_link_in_an_analysis_is_mended_however_the_text_is_written(analysis, newline):
    text = f"claim: c\nanalysis: {analysis}\n# claim:old\nbecause: '[x](claim:old)'\n".replace("\n", newline)
    assert mended(text) == text.replace("claim:old)", "claim:brand-new)", 1)


def test_a_link_that_is_spelt_with_an_escape_is_refused():
    with pytest.raises(UsageError):
        mended('analysis: "[x](claim\\x3Aold)"\n')


def test_a_page_is_linked_by_its_path_or_as_a_page():
    text = "---\ntitle: T\n---\n[a](/about/), [b](page:about), [c](/about-us/), [d](/claims/about/), [e](/about/#x)\n"
    after = text.replace("(/about/)", "(/desk/)").replace("page:about", "page:desk").replace("/about/#x", "/desk/#x")
    assert mended(text, Renaming("page", "about", "desk"), "page") == after


def test_a_source_named_in_a_note_on_a_stake_is_mended_in_parentheses_only():
    text = "name: old\nstake_note: The old state (old), see old (older; old, an-old) (an old one).\n"
    after = "name: old\nstake_note: The old state (brand-new), see old (older; brand-new, an-old) (an old one).\n"
    assert mended(text, SOURCE, "claimant") == after
    assert mended(text, CLAIM, "claimant") == text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("claim: c\n", "claim: c\naliases: [old]\n"),
        ("claim: c", "claim: c\naliases: [old]"),
        ("claim: c\r\n\r\n# end\r\n", "claim: c\r\n\r\n# end\r\naliases: [old]\r\n"),
        ("  claim: c\n", "  claim: c\n  aliases: [old]\n"),
        ("---\nclaim: c\n...\n# end\n", "---\nclaim: c\naliases: [old]\n...\n# end\n"),
        ("analysis: |+\n  Text\n\n", "analysis: |+\n  Text\n\naliases: [old]\n"),
        ("{claim: c, short: s}\n", "{aliases: [old], claim: c, short: s}\n"),
        ('{"claim": "c"}', '{aliases: [old], "claim": "c"}'),
        ("aliases: [a, b]  # two\n", "aliases: [old, a, b]  # two\n"),
        ('aliases: [\n  "a",\n]\n', 'aliases: [\n  old, "a",\n]\n'),
        ("aliases: []  # none\n", "aliases: [old]  # none\n"),
        ("aliases:  # none\nclaim: c\n", "aliases: [old]  # none\nclaim: c\n"),
        ("aliases: ~\nclaim: c\n", "aliases: [old]\nclaim: c\n"),
        ("aliases:\nclaim: c\n", "aliases: [old]\nclaim: c\n"),
        ("aliases:\n- a\n- b\n", "aliases:\n- old\n- a\n- b\n"),
        ("aliases:\r\n  # first\r\n  -  'a'\r\n", "aliases:\r\n  # first\r\n  -  old\r\n  -  'a'\r\n"),
        ("aliases: [a, brand-new]\n", "aliases: [a, old]\n"),
        ("aliases:\n- 'brand-new' # once\n- a\n", "aliases:\n- 'old' # once\n- a\n"),
    ],
)
def test_the_alias_is_written_in_the_way_that_the_card_is(text, after):
    assert mended(text, CLAIM, "claim", is_renamed=True) == after


def test_the_alias_of_a_page_stands_in_its_front_matter():
    text = "---\r\ntitle: T\r\n---\r\nText\r\n"
    renaming = Renaming("page", "old", "brand-new")
    assert mended(text, renaming, "page", True) == "---\r\ntitle: T\r\naliases: [old]\r\n---\r\nText\r\n"


@pytest.mark.parametrize(
    "text", ["aliases:\n-\n  a\n", "aliases: ! []\n", "aliases: a\n", "aliases: [[a]]\n", "aliases: {old: a}\n"]
)
def test_where_the_alias_cannot_be_written_in_place_the_card_is_refused(text):
    with pytest.raises(UsageError, match="written in a way"):
        mended(text, CLAIM, "claim", is_renamed=True)
