"""Figures: each is an interval, and only figures of one thing agree or conflict."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.judge.figures import compare, differs, interval_of
from claimdeck.model.cards import Figure
from claimdeck.model.settings import Settings

SETTINGS = Settings.model_validate(
    {
        "title": "Losses",
        "measures": {"killed": {"label": "killed"}, "wounded": {"label": "wounded"}},
        "populations": {
            "both": {"label": "Russians and North Koreans"},
            "north-koreans": {"label": "North Koreans", "part_of": "both"},
            "officers": {"label": "North Korean officers", "part_of": "north-koreans"},
            "russians": {"label": "Russians", "part_of": "both"},
        },
    }
)


def figure(**fields):
    return Figure.model_validate({"measure": "killed"} | fields)


def verdict(one, other, same_event=True):
    return compare(one, other, SETTINGS, same_event).verdict


def reason(one, other, same_event=True):
    found = compare(one, other, SETTINGS, same_event)
    assert found.verdict == "not-comparable"
    assert compare(other, one, SETTINGS, same_event).verdict == "not-comparable"
    return found.reason


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({"exactly": "500"}, 500, 500),
        ({"about": "500"}, 400, 600),
        ({"about": "10900"}, 10800, 11000),
        ({"about": "10000"}, 0, 20000),
        ({"about": "30"}, 20, 40),
        ({"about": "12"}, 11, 13),
        ({"about": "2.5"}, Decimal("2.4"), Decimal("2.6")),
        ({"at_least": "500"}, 500, None),
        ({"over": "500"}, 500, None),
        ({"at_most": "500"}, 0, 500),
        ({"between": ["10000", "12000"]}, 10000, 12000),
    ],
)
def test_a_figure_is_an_interval(fields, low, high):
    interval = interval_of(figure(**fields))
    assert (interval.low, interval.high) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"about": "500"}, {"exactly": "590"}, "agree"),
        ({"about": "500"}, {"exactly": "600"}, "agree"),
        ({"about": "500"}, {"exactly": "601"}, "conflict"),
        ({"about": "10900"}, {"about": "12000"}, "agree"),
        ({"about": "10900"}, {"exactly": "12000"}, "conflict"),
        ({"at_least": "10000"}, {"between": ["10000", "12000"]}, "agree"),
        ({"at_least": "500"}, {"at_most": "499"}, "conflict"),
        ({"at_most": "500"}, {"exactly": "0"}, "agree"),
        ({"over": "500"}, {"at_least": "9000"}, "agree"),
        ({"between": ["1", "5"]}, {"between": ["5", "9"]}, "agree"),
        ({"between": ["1", "4"]}, {"between": ["5", "9"]}, "conflict"),
    ],
)
def test_figures_agree_where_they_overlap_and_conflict_where_they_are_apart(one, other, expected):
    assert verdict(figure(**one), figure(**other)) == expected
    assert verdict(figure(**other), figure(**one)) == expected


def test_another_measure_cannot_be_compared():
    words = reason(figure(about="500"), figure(measure="wounded", about="500"))
    assert "killed" in words
    assert "wounded" in words


def test_thirty_north_koreans_and_two_hundred_russians_and_north_koreans_do_not_conflict():
    words = reason(figure(about="30", of="north-koreans"), figure(about="200", of="both"))
    assert "North Koreans are only a part of Russians and North Koreans" in words


def test_a_part_of_a_part_cannot_be_compared_with_the_whole():
    assert "part" in reason(figure(about="3", of="officers"), figure(about="200", of="both"))


def test_two_parts_of_one_whole_cannot_be_compared():
    assert "Russians" in reason(figure(about="30", of="north-koreans"), figure(about="30", of="russians"))


def test_an_incident_and_a_total_cannot_be_compared():
    assert "total" in reason(figure(about="30", scope="incident"), figure(about="30", scope="cumulative"))


@pytest.mark.parametrize(
    "fields",
    [{"of": "russians"}, {"scope": "incident"}, {"per": "day"}, {"as_of": "2024-12-01"}, {"period": "2024-12"}],
)
def test_a_field_given_on_one_side_only_forbids_comparison(fields):
    assert reason(figure(about="30", **fields), figure(about="30"))


def test_totals_of_different_days_cannot_be_compared():
    one, other = (figure(about="30", scope="cumulative", as_of=day) for day in ("2024-12-01", "2025-01-01"))
    assert "1 December 2024" in reason(one, other)
    assert verdict(one, one) == "agree"


def test_incidents_can_be_compared_only_within_one_event():
    one, other = figure(exactly="30", scope="incident"), figure(exactly="500", scope="incident")
    assert verdict(one, other, same_event=True) == "conflict"
    assert reason(one, other, same_event=False)


def test_totals_need_no_common_event():
    one, other = (figure(exactly=number, scope="cumulative") for number in ("30", "500"))
    assert verdict(one, other, same_event=False) == "conflict"


def test_figures_of_one_event_are_compared_beyond_one_card(build):
    disputed = build("disputed").claim("four-million")
    told = [t.card.figure for t in disputed.testimonies]
    assert compare(told[0], told[1], Settings(title="x"), same_event=True).verdict == "conflict"


@pytest.mark.parametrize(
    ("fields", "drifts"),
    [
        ({"about": "500"}, False),
        ({"about": "500.0"}, False),
        ({"about": "500", "scope": "incident"}, False),
        ({"about": "500", "as_of": "2024-12-01"}, False),
        ({"about": "400"}, True),
        ({"over": "500"}, True),
        ({"between": ["400", "500"]}, True),
        ({"about": "500", "measure": "wounded"}, True),
        ({"about": "500", "of": "both"}, True),
    ],
)
def test_a_figure_drifts_in_number_comparator_measure_or_population(fields, drifts):
    assert differs(figure(**fields), figure(about="500")) is drifts


numbers = st.integers(0, 10**9).map(str)
one_number = st.tuples(st.sampled_from(["exactly", "about", "at_least", "at_most", "over"]), numbers).map(
    lambda pair: dict([pair])
)
two_numbers = st.tuples(numbers, numbers).map(lambda pair: {"between": sorted(pair, key=int)})
optional = st.fixed_dictionaries(
    {},
    optional={
        "of": st.sampled_from(["both", "north-koreans", "russians"]),
        "scope": st.sampled_from(["incident", "cumulative"]),
        "as_of": st.sampled_from(["2024-12-01", "2025-01"]),
        "per": st.just("day"),
    },
)
plain_figures = st.one_of(one_number, two_numbers)
figures = st.builds(lambda number, rest: figure(**number, **rest), plain_figures, optional)


@given(plain_figures, plain_figures)
def test_overlap_is_symmetric(one, other):
    first, second = interval_of(figure(**one)), interval_of(figure(**other))
    assert first.overlaps(second) == second.overlaps(first)


@given(figures, figures, st.booleans())
def test_a_comparison_is_symmetric_and_gives_a_reason_where_there_is_none(one, other, same_event):
    found, back = compare(one, other, SETTINGS, same_event), compare(other, one, SETTINGS, same_event)
    assert found.verdict == back.verdict
    assert bool(found.reason) == (found.verdict == "not-comparable")


@given(figures)
def test_every_figure_agrees_with_itself(one):
    assert verdict(one, one) == "agree"


@given(figures)
def test_no_figure_drifts_from_itself(one):
    assert not differs(one, one)


@given(st.integers(1, 10**12))
def test_about_is_one_unit_of_the_last_digit_that_is_not_zero_either_way(number):
    unit = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    interval = interval_of(figure(about=str(number)))
    assert (interval.low, interval.high) == (number - unit, number + unit)
