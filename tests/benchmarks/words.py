"""Words for made-up texts: a few frequent ones, many rare ones, as in real prose."""

import re
from itertools import accumulate
from random import Random

FREQUENT = re.findall(
    r"\w+",
    "the of and to in a that for on was with as by at from said it an be this were which not has its or more than "
    "over year after before bridge ferry council town crowns harbour paper report number cost since until nobody "
    "record day people boat market book letter road quay rope toll flood repair vote crew ledger",
)
BEGINNINGS = ("b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v")
VOWELS = ("a", "e", "i", "o", "u", "ea", "ou", "y")
ENDINGS = ("", "n", "r", "st", "ld", "ck", "m", "th", "ll", "nd", "s", "w")
VOCABULARY = 8000


class Words:
    """A source of words: the word of rank n is about n times as rare as the first."""

    def __init__(self, random: Random) -> None:
        self.random = random
        known = dict.fromkeys(FREQUENT)
        while len(known) < VOCABULARY:
            known["".join(self.syllable() for _ in range(random.choice((1, 2, 2, 3))))] = None
        self.known = list(known)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def syllable(self) -> str:
        """Return one syllable."""
        return "".join(map(self.random.choice, (BEGINNINGS, VOWELS, ENDINGS)))

    def take(self, number: int) -> list[str]:
        """Return *number* words."""
        return self.random.choices(self.known, cum_weights=self.weights, k=number)

    def between(self, low: int, high: int) -> list[str]:
        """Return from *low* to *high* words."""
        return self.take(self.random.randint(low, high))

    def phrase(self, low: int, high: int) -> str:
        """Return from *low* to *high* words as one text that begins with a capital."""
        text = " ".join(self.between(low, high))
        return text[0].upper() + text[1:]

    def sentence(self, low: int = 8, high: int = 18) -> str:
        """Return a sentence of from *low* to *high* words."""
        return self.phrase(low, high) + "."

    def name(self) -> str:
        """Return the name of a place that does not exist."""
        return (self.syllable() + self.random.choice(("bridge", "by", "ford", "holt", "mouth", "wick"))).capitalize()
