"""The fenced blocks of a page of docs/, each with the text that leads to it.  Asserts nothing."""

import re
from dataclasses import dataclass

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block, and the text between it and the one before."""

    before: str
    language: str
    text: str

    def named(self, words: str) -> str | None:
        """Return the path behind the *words* in the paragraph above the block, which ends with a colon."""
        paragraph = " ".join(self.before.rstrip().rpartition("\n\n")[2].split())
        paths: list[str] = re.findall(rf"\b{words} `([^`]+)`", paragraph)
        return paths[-1] if paths and paragraph.endswith(":") else None


def parse_blocks(text: str) -> list[Block]:
    """Return the fenced blocks of *text*, and an empty one for what stands behind the last."""
    blocks, end = [], 0
    for match in BLOCK.finditer(text):
        blocks.append(Block(text[end : match.start()], match[1], match[2]))
        end = match.end()
    return [*blocks, Block(text[end:], "", "")]
