"""The README's examples do what it says."""

import re
from pathlib import Path

import pytest

from claimdeck.arguments import command_parser
from claimdeck.pipeline import has_errors, judge_site
from tests.rendered import render_site

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

SITE = "title: T\nurl: https://example.org/\nmeasures: {cost-in-millions: {label: million spent}}\n"
SOURCE = """url: https://example.org/{0}
published: 2026-11-02
kind: article
language: en
summary: An article.
outlet: outlet-{0}
"""


def example_after(marker: str) -> str:
    """Return the text of the first fenced block behind *marker*."""
    return re.search(r"```\w*\n(.*?)```", README[README.index(marker) :], re.DOTALL)[1]


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The site of which the README shows one card."""
    cards = {
        "claims/bridge-cost.yaml": example_after("`content/claims/bridge-cost.yaml`"),
        "sources/outlet-a-2026-11-02.yaml": SOURCE.format("a"),
        "sources/outlet-b-2026-11-03.yaml": SOURCE.format("b"),
        "topics/bridge.yaml": "name: The bridge\n",
        "claimants/road-agency.yaml": "name: Road agency\nkind: agency\n",
        **{f"claimants/{id_}.yaml": f"name: {id_}\nkind: outlet\n" for id_ in ("outlet-a", "outlet-b", "wire")},
    }
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    for name, text in cards.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_card_in_the_readme_builds(bridge):
    files, problems = render_site(judge_site(bridge))
    assert not has_errors(problems)
    assert "claims/bridge-cost/index.html" in files


def test_the_refusal_in_the_readme_is_the_one_that_editors_see(bridge):
    card = bridge / "content/claims/bridge-cost.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("status: attributed", "status: corroborated", 1), "utf-8")
    shown = example_after("Had the editor written").strip()
    assert shown in {str(problem) for problem in render_site(judge_site(bridge))[1]}


def test_the_commands_that_the_readme_lists_are_those_that_exist():
    listed = re.search(r"lists the commands (.*?);", README, re.DOTALL)[1]
    choices = next(action.choices for action in command_parser()._actions if action.choices)
    assert set(re.findall(r"`(\w+)`", listed)) == set(choices)


def test_every_file_that_the_readme_links_to_exists():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
