"""docs/deciding.md: each example is built, and what the page says of it is what the build makes of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from claimdeck.judge.ladder import meets
from claimdeck.model.problems import Problem, Severity
from tests.conftest import CLAIM, CLAIMANT, SOURCE
from tests.fenced_blocks import parse_blocks

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "deciding.md").read_text(encoding="utf-8")
COUNTS = {  # the words of the page, and the counts that they tell
    "source": "sources",
    "origin": "origins",
    "not a party": "nonparty",
    "admission": "admissions",
    "against": "against",
    "against and not a party": "against_nonparty",
}
CASTED = re.compile(r"^\| `([\w-]+)` \| (\w+) \| (?:`([\w-]+)`)? *\| (\w*) *\|$", re.MULTILINE)
ARTICLES = ("outlet-a-2030-05-02", "outlet-b-2030-05-03")
EDIT = re.compile(r"(With|Without) `([^`]+)` the build says:\s*\Z")


@dataclass(frozen=True)
class Example:
    """Parts of cards, by their paths, and what the page says of them; *edits* have messages of their own."""

    cards: dict[str, str]
    told: str
    edits: tuple[tuple[str, str, str], ...] = ()

    @property
    def id(self) -> str:
        """The id of its first claim, the one that the page speaks of."""
        return next(path for path in self.cards if "/claims/" in path).split("/")[-1].removesuffix(".yaml")

    def edited(self, word: str, line: str) -> dict[str, str]:
        """Return the cards *with* another line in the place of its field's, or *without* the line."""
        field = line.partition(":")[0]
        pattern = rf"^( *){field}: .*\n" if word == "With" else rf"^( *){re.escape(line)}\n"
        new = rf"\1{line}\n" if word == "With" else ""
        texts = {path: re.sub(pattern, new, text, flags=re.MULTILINE) for path, text in self.cards.items()}
        assert texts != self.cards, f"no line to change for {line}"
        return texts


def examples() -> Iterator[Example]:
    """Yield the examples of the page; AssertionError where a block belongs to none."""
    blocks = parse_blocks(PAGE)
    for number, block in enumerate(blocks):
        if block.language == "yaml":
            behind = blocks[number + 1 :]
            edits = []
            for message in behind:
                if message.language != "text":
                    break
                edits.append((*EDIT.search(message.before).groups(), message.text.strip()))
            yield Example(dict(parts_of(block.text)), behind[0].before, tuple(edits))


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each card of a block; each begins with its path as a comment."""
    first, *parts = re.split(r"^# (content/\S+)\n", text, flags=re.MULTILINE)
    assert first == ""
    yield from zip(parts[::2], parts[1::2], strict=True)


EXAMPLES = list(examples())


def complete(path: str, text: str) -> str:
    """Return the *text* of the card at *path* with all that it leaves out and its kind needs."""
    kind, id_ = path.removesuffix(".yaml").split("/")[1:]
    status = re.search(r"^status: (\w+)$", text, re.MULTILINE)
    needed = {
        "claims": CLAIM | {"history": f"[{{on: 2030-05-03, status: {status and status[1]}, note: First.}}]"},
        "sources": SOURCE | {"outlet": id_[:-11], "published": id_[-10:]},
        "claimants": CLAIMANT,
    }[kind]
    return text + "".join(f"{name}: {value}\n" for name, value in needed.items() if not has(text, name))


def has(text: str, name: str) -> bool:
    return re.search(rf"^{name}:", text, re.MULTILINE) is not None


@pytest.fixture
def judged(site):
    """Judge the parts of an example, with the claimants and articles of the page."""
    site.remove("content/claims/bridge-cost.yaml")
    site.remove("content/sources/article-a.yaml")
    site.settings("measures: {spent: {label: crowns spent}}\n")

    def judge(cards):
        cast = [(f"content/claimants/{id_}.yaml", cast_text(*told)) for id_, *told in CASTED.findall(PAGE)]
        articles = [(f"content/sources/{id_}.yaml", "") for id_ in ARTICLES]
        for path, text in {**dict(cast), **dict(articles), **cards}.items():
            site.write(path, complete(path, text))
        return site.judge()

    return judge


def cast_text(kind: str, part_of: str, stake: str) -> str:
    told = {"kind": kind, "part_of": part_of, "stake": stake, "stake_note": "It is one." if stake == "party" else ""}
    return "".join(f"{name}: {value}\n" for name, value in told.items() if value)


def told_of(problem: Problem) -> str:
    return f"{problem.message} {problem.hint}"


def counts_told(text: str) -> dict[str, str]:
    """Return what the page says of the counts, by their names."""
    told = re.search(r"\*\*Counts:\*\* (.*?)\.", text)[1].split(", ")
    pairs = (re.fullmatch(r"([\d–]+) (.*?)", each).groups() for each in told)
    return {COUNTS[words if words in COUNTS else words.removesuffix("s")]: number for number, words in pairs}


def numbered(example: Example) -> str:
    return f"{EXAMPLES.index(example) + 1}-{example.id}"


@pytest.mark.parametrize("example", EXAMPLES, ids=numbered)
def test_an_example_counts_and_carries_what_the_page_says(judged, site, example):
    judgement = judged(example.cards)
    claim, deck = judgement.deck.claims[example.id], judgement.deck
    assert [str(problem) for problem in site.problems() if problem.severity is Severity.ERROR] == []
    counts = counts_told(example.told)
    assert counts == {name: str(getattr(claim.counts, name)) for name in counts}
    assert {"sources", "origins"} <= set(counts)
    carried = {rung.id for rung in deck.settings.ladder if meets(rung, claim.counts)}
    assert set(re.findall(r"\w+", re.search(r"\*\*Carries:\*\* (.*?)\.", example.told)[1])) - {"or"} == carried


@pytest.mark.parametrize("example", EXAMPLES, ids=numbered)
def test_the_page_of_an_example_shows_what_it_is_said_to(judged, site, example):
    judged(example.cards)
    html = site.render()[f"claims/{example.id}/index.html"].decode()
    text = re.sub(r"<[^>]*>", "", html)
    said = re.findall(r"\*\*The page says:\*\* “(.*?)”\.", example.told)
    assert len(said) == example.told.count("The page says")
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.edits], ids=numbered)
def test_a_change_of_an_example_gets_the_message_that_is_printed(judged, site, example):
    for word, line, message in example.edits:
        judged(example.edited(word, line))
        assert message in {told_of(problem) for problem in site.mistakes()}


def test_every_block_belongs_to_an_example():
    blocks = [block.language for block in parse_blocks(PAGE) if block.language]
    assert len(blocks) == len(EXAMPLES) + sum(len(example.edits) for example in EXAMPLES)
    assert set(blocks) == {"yaml", "text"}


def test_every_status_is_chosen_in_an_example(judged):
    text = "".join(part for example in EXAMPLES for part in example.cards.values())
    chosen = set(re.findall(r"^status: (\w+)", text, re.MULTILINE))
    assert chosen == {rung.id for rung in judged({}).deck.settings.ladder}


def test_every_stance_and_every_field_of_attribution_is_in_an_example():
    text = "".join(part for example in EXAMPLES for part in example.cards.values())
    words = ("supports", "disputes", "qualifies", "mentions")
    fields = ("via", "via_from", "own", "admission", "figure", "happened", "carries", "draws_on", "part_of", "related")
    assert [word for word in words if f"stance: {word}\n" not in text] == []
    assert [name for name in fields if not re.search(rf"\b{name}:", text)] == []


def test_a_count_that_the_page_does_not_have_right_is_seen():
    assert counts_told("**Counts:** 2 sources, 0–1 origins, 0 against and not a party. **Carries:** x.") == {
        "sources": "2",
        "origins": "0–1",
        "against_nonparty": "0",
    }
