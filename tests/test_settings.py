"""Settings: what site.yaml says, with the default ladder for a desk that writes none."""

import pytest

from claimdeck.read.settings import ancestors, read_settings
from claimdeck.read.static import stylesheet

RUNG = '{{id: {id}, label: Own, symbol: "●", mark: {mark}, color: {color}, meaning: Ours.{more}}}'


def read(tmp_path, text, head="title: The Bridge File\nurl: https://example.org/\n"):
    (tmp_path / "site.yaml").write_text(head + text, encoding="utf-8")
    return read_settings(tmp_path / "site.yaml", stylesheet(tmp_path))


def settings(tmp_path, text):
    file, problems = read(tmp_path, text)
    assert [str(problem) for problem in problems] == []
    return file.settings


def problem_of(tmp_path, text):
    _, problems = read(tmp_path, text)
    assert len(problems) == 1
    return problems[0]


def ladder(*rungs):
    return "ladder:\n" + "".join(f"  - {rung}\n" for rung in rungs)


def rung(id_="own", mark="full", color="confirmed", more=""):
    return RUNG.format(id=id_, mark=mark, color=color, more=more)


def test_title_and_url_are_enough(tmp_path):
    found = settings(tmp_path, "")
    assert (found.title, found.language, found.pictures, found.desk.review_after_days) == (
        "The Bridge File",
        "en",
        True,
        365,
    )
    assert found.start_here == ()


@pytest.mark.parametrize("missing", ["title", "url"])
def test_title_and_url_are_needed(tmp_path, missing):
    head = "".join(f"{name}: https://example.org/\n" for name in ("title", "url") if name != missing)
    _, problems = read(tmp_path, "", head)
    assert f"`{missing}` is missing" in problems[0].message


def test_a_folder_without_site_yaml_is_told_how_to_begin_one(tmp_path):
    _, problems = read_settings(tmp_path / "site.yaml", stylesheet(tmp_path))
    assert [problem.code for problem in problems] == ["CD001"]
    assert "title" in problems[0].hint


def test_an_empty_site_yaml_is_one_error(tmp_path):
    _, problems = read(tmp_path, "", head="# nothing yet\n")
    assert [problem.code for problem in problems] == ["CD002"]


def test_every_setting_of_the_format_is_read(build):
    found = build("every-field").judged.settings.settings
    assert (found.publisher.email, found.publisher.logo) == ("desk@example.org", "/static/favicon.svg")
    assert (found.license.name, found.repository) == ("CC BY 4.0", "https://example.net/desk/bridge-file")
    assert (found.start_here, found.pictures) == (("bridge-cost", "bridge-opened"), False)
    assert found.measures["spent"].label == "crowns spent"
    assert found.populations["bridge-builders"].part_of == "townspeople"
    assert (found.rung("established").rating.value, found.rung("reported").rating) == (5, None)
    assert found.desk.review_after_days == 90


def test_an_unknown_setting_is_an_error_with_a_suggestion(tmp_path):
    problem = problem_of(tmp_path, "mesures: {killed: {label: killed}}\n")
    assert (problem.code, "measures" in problem.hint) == ("CD010", True)


def test_needs_are_one_group_or_a_list_of_groups(tmp_path):
    one, many = (
        rung("one", more=", needs: {origins: 2, max_against: 0}"),
        rung("many", more=", needs: [{sources: 1}, {superseded: true}]"),
    )
    found = settings(tmp_path, ladder(one, many, rung("none")))
    assert found.rung("one").needs == ({"origins": 2, "max_against": 0},)
    assert found.rung("many").needs == ({"sources": 1}, {"superseded": 1})
    assert found.rung("none").needs == ()


@pytest.mark.parametrize(
    "count",
    [
        "sources",
        "origins",
        "nonparty",
        "admissions",
        "disputing_sources",
        "disputing_origins",
        "against",
        "against_nonparty",
        "admissions_against",
    ],
)
def test_every_count_can_be_a_need_and_a_limit(tmp_path, count):
    found = settings(tmp_path, ladder(rung(more=f", needs: {{{count}: 1, max_{count}: 3}}")))
    assert found.rung("own").needs == ({count: 1, f"max_{count}": 3},)


@pytest.mark.parametrize(
    "needs",
    [
        "{origin: 1}",
        "{origins: many}",
        "{origins: -1}",
        "{origins: 1.5}",
        "{superseded: 2}",
        "{max_superseded: 1}",
        "2",
        "[2]",
        "{max_: 1}",
    ],
)
def test_a_need_that_is_no_count_is_an_error(tmp_path, needs):
    assert problem_of(tmp_path, ladder(rung(more=f", needs: {needs}"), rung("other"))).place.path == "site.yaml"


@pytest.mark.parametrize("mark", ["full", "half", "quarter", "empty", "split", "cross", "ring"])
def test_a_mark_is_one_of_seven_shapes(tmp_path, mark):
    assert settings(tmp_path, ladder(rung(mark=mark))).rung("own").mark == mark


def test_another_mark_is_an_error(tmp_path):
    assert "full" in problem_of(tmp_path, ladder(rung(mark="fall"), rung("other"))).hint


def test_a_color_must_be_a_token_of_the_stylesheet_in_force(tmp_path):
    assert problem_of(tmp_path, ladder(rung(color="teal"))).code == "CD015"
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "site.css").write_text(":root { --teal: #088; }\n")
    assert settings(tmp_path, ladder(rung(color="teal"))).rung("own").color == "teal"


def test_a_rung_stands_on_the_ladder_once(tmp_path):
    problem = problem_of(tmp_path, ladder(rung(), rung("other"), rung()))
    assert (problem.code, problem.place.line) == ("CD015", 6)


def test_an_empty_ladder_is_an_error(tmp_path):
    assert problem_of(tmp_path, "ladder: []\n").code == "CD015"


@pytest.mark.parametrize("field", ["label", "symbol", "mark", "color", "meaning"])
def test_a_rung_lacks_nothing(tmp_path, field):
    fields = {"id": "own", "label": "Own", "symbol": "x", "mark": "full", "color": "confirmed", "meaning": "Ours."}
    written = ", ".join(f"{name}: {value}" for name, value in fields.items() if name != field)
    assert field in problem_of(tmp_path, ladder(rung("other"), f"{{{written}}}")).message


def test_a_population_may_be_part_of_a_known_one_only(tmp_path):
    problem = problem_of(tmp_path, "populations: {guards: {label: guards, part_of: troop}, troops: {label: troops}}\n")
    assert (problem.code, "troops" in problem.hint) == ("CD020", True)


def test_populations_form_no_ring(tmp_path):
    _, problems = read(tmp_path, "populations: {a: {label: a, part_of: b}, b: {label: b, part_of: a}}\n")
    assert [problem.code for problem in problems] == ["CD021"]


def test_a_population_knows_all_that_it_is_part_of(tmp_path):
    found = settings(tmp_path, "populations: {a: {label: a, part_of: b}, b: {label: b, part_of: c}, c: {label: c}}\n")
    assert (ancestors("a", found), ancestors("c", found)) == (["b", "c"], [])


@pytest.mark.parametrize(
    "line",
    [
        "url: ftp://example.org/",
        "license: {name: CC BY, url: javascript:alert(1)}",
        "repository: here",
        "desk: {review_after_days: 0}",
        "language: English language",
        "pictures: maybe",
        "start_here: bridge-cost",
        "measures: [killed]",
        "publisher: The Desk",
    ],
)
def test_a_value_of_the_wrong_form_is_one_error(tmp_path, line):
    head = "title: x\n" + ("" if line.startswith("url") else "url: https://example.org/\n")
    _, problems = read(tmp_path, line + "\n", head)
    assert len(problems) == 1


def test_statuses_are_not_judged_by_a_ladder_that_could_not_be_read_whole(site):
    site.settings(ladder(rung("other"), rung("unverified", mark="fall")))
    assert [problem.code for problem in site.mistakes()] == ["CD013"]


def test_a_population_that_cannot_be_read_is_not_said_to_be_missing(tmp_path):
    problem = problem_of(tmp_path, "populations: {a: {label: a, part_of: b}, b: {label: [b]}}\n")
    assert problem.code == "CD014"


@pytest.mark.parametrize("name", ["measuress", "Measures", "mesures"])
def test_a_list_of_words_whose_name_is_misspelt_is_told_once(site, name):
    site.settings(f"{name}: {{spent: {{label: spent}}}}\n")
    site.claim(figure="{measure: spent, about: 5}")
    assert [problem.code for problem in site.mistakes()] == ["CD010"]
