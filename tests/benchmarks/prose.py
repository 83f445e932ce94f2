"""Analyses in Markdown, 120 to 250 words: plain as most desks write them, and rough ones that need all of it."""

from collections.abc import Callable

from tests.benchmarks.words import Words

FOREIGN = (
    "Мост через реку закрыт с весны",
    "Η γέφυρα έκλεισε την άνοιξη",
    "다리는 봄부터 닫혀 있다",
    "O custo não é conhecido, diz o relatório",
    "Brücke gesperrt – 4 Millionen Kronen",
    "ジョー橋は閉鎖された",
)


def plain_analysis(words: Words, sources: list[str]) -> str:
    """Return paragraphs with emphasis, code and links (one to a card of *sources*), a heading, a list and a quote."""
    random = words.random
    first, last = words.between(34, 52), words.between(30, 52)
    first[3] = f"**{first[3]} {first[4]}**"
    first[11] = f"*{first[11]}*"
    first[19] = f"[{first[19]} {first[20]}](source:{random.choice(sources)})"
    last[5] = f"`{last[5]}`"
    last[14] = f"[{last[14]}](https://example.net/{random.randint(1, 9999)})"
    parts = [
        f"So {' '.join(first)}: {random.randint(2, 97)} of them.",
        "## What the record shows",
        _items(words, random.randint(2, 3)),
        f"> {words.sentence(12, 20)}",
        f"And {' '.join(last)}.",
        words.sentence(14, 22),
    ]
    return "\n\n".join(parts) + "\n"


def rough_analysis(words: Words, sources: list[str]) -> str:
    """Return an analysis with what a renderer of plain Markdown does not know: each has two of the four kinds."""
    random = words.random
    kinds: list[Callable[[Words], str]] = random.sample([_footnotes, _table, _nested, _tangled], 2)
    link = f"[{words.phrase(2, 3)}][it], *{words.phrase(2, 3)} **{words.phrase(1, 2)}***"
    parts = [
        f"{words.sentence(24, 32)} {random.choice(FOREIGN)}; {link} & so on, 3 < 4.",
        *(kind(words) for kind in kinds),
        f"> {words.sentence(10, 16)}\n>\n> {random.choice(FOREIGN)}.",
        f"{words.sentence(28, 34)} \\*{words.phrase(2, 4)}\\* &mdash; <https://example.net/{random.randint(1, 999)}>",
        f'[it]: source:{random.choice(sources)} "{words.phrase(2, 3)}"',
    ]
    return "\n\n".join(parts) + "\n"


def _items(words: Words, number: int) -> str:
    return "\n".join(f"- {words.sentence(7, 12)}" for _ in range(number))


def _footnotes(words: Words) -> str:
    text = f"{words.sentence(18, 30)}[^a] {words.sentence(10, 16)}[^b]"
    return f"{text}\n\n[^a]: {words.sentence(6, 10)}\n[^b]: {words.sentence(6, 10)}"


def _table(words: Words) -> str:
    rows = [f"| {words.phrase(2, 4)} | {words.phrase(3, 6)} | {words.random.randint(1, 9999)} |" for _ in range(4)]
    return "\n".join(["| Day | Who said so | Crowns |", "|---|---|---:|", *rows])


def _nested(words: Words) -> str:
    inner = "\n".join(f"    - {words.sentence(6, 9)}" for _ in range(2))
    return f"- {words.sentence(6, 10)}\n{inner}\n- {words.sentence(6, 10)}\n{inner}"


def _tangled(words: Words) -> str:
    """Return a numbered list with emphasis across words, and a line that is broken by hand."""
    items = "\n".join(f"{number}. __{words.phrase(2, 3)}__ {words.sentence(6, 9)}" for number in (1, 2, 3))
    return f"{items}\n\n{words.sentence(8, 12)}  \n{words.sentence(8, 12)}"
