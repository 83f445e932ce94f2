"""READ content/: every card that can be read, and every problem of those that cannot."""

import pytest

from claimdeck.model.problems import Severity
from claimdeck.model.urls import INTRODUCED
from claimdeck.read.content import read_content

CLAIM = "content/claims/bridge-cost.yaml"
TOPIC = "content/topics/bridge.yaml"


def read(site):
    return read_content(site.root / "content")


def problem_of(site):
    """Return the one problem met while reading."""
    _, problems = read(site)
    assert len(problems) == 1
    return problems[0]


def test_cards_are_read_by_kind_and_id(site):
    content, problems = read(site)
    assert problems == []
    assert {kind: list(content.of_kind(kind)) for kind in ("claim", "source", "claimant", "topic", "page")} == {
        "claim": ["bridge-cost"],
        "source": ["article-a"],
        "claimant": ["outlet-a"],
        "topic": ["bridge"],
        "page": [],
    }


def test_files_and_folders_that_begin_with_a_dot_are_no_cards(site):
    site.write("content/.schema/claim.schema.json", "{}")
    site.write("content/claims/.bridge.yaml.swp", "\x00")
    site.write("content/.DS_Store", b"\xff")
    assert read(site)[1] == []


@pytest.mark.parametrize("path", ["notes.txt", "claim/bridge.yaml", "desk.lock.orig"])
def test_what_else_stands_in_content_is_an_error(site, path):
    site.write(f"content/{path}", "x: y\n")
    assert problem_of(site).code == "CD001"


@pytest.mark.parametrize(
    "name", ["Bridge", "bridge_two", "brücke", "bridge two", "bridge.two", "-bridge", "page", "x" * 101]
)
def test_a_file_name_must_be_an_id(site, name):
    site.write(f"content/topics/{name}.yaml", "name: The bridge\n")
    assert problem_of(site).place.path == f"content/topics/{name}.yaml"


@pytest.mark.parametrize("name", ["bridge.yml", "bridge.md", "bridge", "bridge.yaml.txt"])
def test_a_card_ends_in_yaml(site, name):
    site.remove(TOPIC)
    site.write(f"content/topics/{name}", "name: The bridge\n")
    assert ".yaml" in problem_of(site).message


def test_a_page_ends_in_md(site):
    site.write("content/pages/about.yaml", "title: About\n")
    assert ".md" in problem_of(site).message


def test_a_byte_order_mark_at_the_very_start_is_no_fault(site):
    site.write(TOPIC, b"\xef\xbb\xbfname: The bridge\n")
    assert read(site)[0].topics["bridge"].card.name == "The bridge"


def test_a_byte_that_is_not_utf_8_is_reported_where_it_stands(site):
    site.write(TOPIC, "name: x\ndescription: Br\xfccke\n".encode("latin-1"))
    place = problem_of(site).place
    assert (place.line, place.column) == (2, 16)


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "just words\n"])
def test_a_file_without_fields_is_an_error(site, text):
    site.write(TOPIC, text)
    assert problem_of(site).code == "CD002"


def test_a_file_as_large_as_a_book_is_refused(site):
    site.write(TOPIC, "name: The bridge\ndescription: " + "x" * 1_000_001 + "\n")
    assert "larger" in problem_of(site).message


def test_a_link_out_of_content_is_refused(site, tmp_path):
    (tmp_path / "secret.yaml").write_text("name: Secret\n")
    (site.root / "content/topics/secret.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "out of content/" in problem_of(site).message


@pytest.mark.parametrize("name", ["claim", "short", "status", "because", "reviewed", "topics", "evidence", "history"])
def test_a_claim_needs_this_field(site, name):
    site.claim(**{name: None})
    assert f"`{name}` is missing" in problem_of(site).message


@pytest.mark.parametrize("name", ["outlet", "published", "kind", "language", "summary", "url"])
def test_a_source_needs_this_field(site, name):
    site.source("article-a", **{name: None})
    assert f"`{name}` is missing" in problem_of(site).message


@pytest.mark.parametrize("name", ["name", "kind"])
def test_a_claimant_needs_this_field(site, name):
    site.claimant("outlet-a", **{"name": "Outlet A", "kind": "outlet"} | {name: None})
    assert f"`{name}` is missing" in problem_of(site).message


def test_a_topic_and_a_page_need_a_name_and_a_title(site):
    site.write(TOPIC, "description: x\n")
    site.write("content/pages/about.md", "---\ndraft: false\n---\nText.\n")
    assert sorted(problem.message for problem in read(site)[1]) == ["`name` is missing.", "`title` is missing."]


@pytest.mark.parametrize("written", ["withdrawn: {on: 2030-05-10}", "withdrawal: {on: 2030-05-10, note: x}"])
def test_a_withdrawal_with_a_mistake_is_told_and_nothing_else(site, written):
    site.write("content/claims/bridge-cost.yaml", f"short: The bridge\n{written}\n")
    assert len(read(site)[1]) == 1


def test_a_blank_withdrawal_is_none_and_no_source_can_be_withdrawn(site):
    site.claim(because=None, withdrawn="' '")
    assert "`because` is missing" in problem_of(site).message
    site.claim()
    site.source("article-a", withdrawn="{on: 2030-05-10, note: x}", title=None)
    assert "“withdrawn” is not a field" in problem_of(site).message


def test_what_a_field_with_a_mistake_was_to_say_is_not_said_to_be_missing(site):
    site.source("article-a", url="null", where="[one, two]")
    assert problem_of(site).code == "CD014"
    site.source("article-a")
    site.claim(evidence=["{source: article-a, stance: supports, qoute: a, translation: b}"])
    assert problem_of(site).code == "CD010"


def test_the_lines_of_a_page_end_alike_whatever_ends_them_in_its_file(site):
    site.write("content/pages/about.md", b"---\r\ntitle: x\r\n---\r\nOne.\r\nTwo.\r\n")
    assert read(site)[0].pages["about"].card.body == "One.\nTwo.\n"


@pytest.mark.parametrize("name", ["topics", "evidence", "history"])
def test_a_list_that_is_needed_may_not_be_empty(site, name):
    site.claim(**{name: "[]"})
    assert f"`{name}` is empty" in problem_of(site).message


@pytest.mark.parametrize("empty", ["", '""', "~", "null", "'  '"])
def test_a_field_that_is_needed_may_not_be_empty(site, empty):
    site.claim(because=empty)
    problem = problem_of(site)
    assert ("`because` is empty" in problem.message, problem.place.line) == (True, 4)


@pytest.mark.parametrize(
    "name", ["why_selected", "happened", "said", "places", "figure", "unknowns", "analysis", "related", "language"]
)
def test_all_else_may_be_left_empty(site, name):
    site.claim(**{name: ""})
    assert read(site)[1] == []


def test_a_source_without_address_says_how_it_was_read(site):
    site.source("article-a", url="null")
    assert "how it was read" in problem_of(site).message
    site.source("article-a", url="null", where="It hung in the town hall.")
    assert read(site)[1] == []


def test_a_withdrawn_claim_needs_only_that_and_short(site):
    site.write("content/claims/roof.yaml", "short: The roof leaks\nwithdrawn: {on: 2030-05-04, note: Wrong roof.}\n")
    assert read(site)[1] == []
    site.write("content/claims/roof.yaml", "withdrawn: {on: 2030-05-04, note: Wrong roof.}\n")
    assert "`short` is missing" in problem_of(site).message


def test_a_draft_may_lack_what_is_needed_and_its_problems_are_notes(site):
    site.write("content/claims/roof.yaml", "draft: true\nclaim: The roof leaks.\nreviewed: soon\n")
    content, problems = read(site)
    assert {problem.severity for problem in problems} == {Severity.NOTE}
    assert content.claims["roof"].card.claim == "The roof leaks."
    assert "roof" not in content.without_drafts().claims


def test_every_mistake_of_a_card_is_reported_in_one_run(site):
    site.claim(
        reviewed="soon",
        status=None,
        colour="red",
        evidence=["{source: article-a, stance: suports, via: mayor}", "{source: article-a, stance: supports, quot: x}"],
        figure="{measure: spent}",
    )
    assert sorted(problem.code for problem in read(site)[1]) == [
        "CD010",
        "CD010",
        "CD011",
        "CD012",
        "CD012",
        "CD013",
        "CD014",
    ]


def test_mistakes_behind_a_broken_entry_keep_their_lines(site):
    broken, sound, wrong = (
        "{stance: supports}",
        "{source: article-a, stance: supports}",
        "{source: article-a, stance: suports}",
    )
    site.claim(evidence=[broken, sound, wrong])
    found = sorted((problem.place.line, problem.code) for problem in read(site)[1])
    assert found == [(9, "CD011"), (11, "CD013")]


def test_a_misspelt_field_is_not_reported_as_missing_too(site):
    site.claim(because=None, becuase="Nobody knows.")
    assert "because" in problem_of(site).hint


def test_what_could_be_read_of_a_card_is_kept(site):
    site.claim(figure="{measure: spent, about: many}")
    file = read(site)[0].claims["bridge-cost"]
    assert file.damaged
    assert (file.card.figure.measure, file.card.figure.about) == ("spent", None)
    assert file.card.short == "The bridge cost 4 million"


def test_a_card_that_cannot_be_read_hides_no_other(site):
    site.write(CLAIM, "claim: a: b\n")
    site.write(TOPIC, "nmae: The bridge\n")
    content, problems = read(site)
    assert [problem.place.path for problem in problems] == [CLAIM, TOPIC]
    assert ("claim", "bridge-cost") in content.unread


def test_a_page_is_markdown_under_its_front_matter(site):
    site.write("content/pages/about.md", "---\ntitle: About us\n---\nWe count.\n\n---\n\nAnd ask.\n")
    file = read(site)[0].pages["about"]
    assert (file.card.title, file.card.body.strip()) == ("About us", "We count.\n\n---\n\nAnd ask.")


def test_a_mistake_in_the_text_of_a_page_is_reported_at_its_line(site):
    site.write("content/pages/about.md", "---\ntitle: About us\n---\nWe count.\n\nSee [it](claim:roof).\n")
    assert [problem.place.line for problem in site.mistakes()] == [6]


@pytest.mark.parametrize(
    "text", ["# About\n", "title: About\n", "---\ntitle: About\n", "", "\n---\ntitle: About\n---\n"]
)
def test_a_page_without_whole_front_matter_is_an_error(site, text):
    site.write("content/pages/about.md", text)
    assert "front matter" in problem_of(site).message


def test_an_invisible_character_in_the_text_of_a_page_is_an_error(site):
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWe\u200b count.\n")
    assert (problem_of(site).code, problem_of(site).place.line) == ("CD004", 4)


@pytest.mark.parametrize("name", ["status", "as-of", "embed", "static", "404"])
def test_a_page_may_not_be_named_like_a_generated_address(site, name):
    site.write(f"content/pages/{name}.md", "---\ntitle: Mine\n---\nText.\n")
    assert "generated" in problem_of(site).message


@pytest.mark.parametrize("name", ["home", *INTRODUCED])
def test_a_page_may_introduce_a_generated_one(site, name):
    site.write(f"content/pages/{name}.md", "---\ntitle: Mine\n---\nText of ours.\n")
    assert read(site)[1] == []


def test_without_content_there_is_one_error(tmp_path):
    assert [problem.code for problem in read_content(tmp_path / "content")[1]] == ["CD001"]


def test_the_name_of_a_file_cannot_reach_the_terminal_as_it_is(site):
    site.write("content/claims/a\x1b[31mb\nc.yaml", "x: 1\n")
    site.write("content/\x1b]0;x\x07/a.yaml", "x: 1\n")
    told = "".join(map(str, site.problems()))
    assert "a\\x1b[31mb\\nc" in told
    assert not any(letter in told for letter in "\x1b\x07\n")


def test_a_card_tells_by_its_digest_what_text_it_was_read_from(site):
    site.claim("other", figure="{measure: spent, about: many}")
    site.claim("third", figure="{measure: spent, about: many}")
    claims = read(site)[0].claims
    assert claims["other"].damaged
    assert claims["other"].digest == claims["third"].digest != claims["bridge-cost"].digest != b""
