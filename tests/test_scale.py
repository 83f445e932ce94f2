"""Numbers on an axis: in order, inside it, and marked by round numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.present.scale import BEGIN, END, scale_of


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ([100, 700], (0, 200, 400, 600, 800)),
        ([10_000, 16_000], (0, 5_000, 10_000, 15_000, 20_000)),
        ([0], (0, 0.2, 0.4, 0.6, 0.8, 1)),
        ([3, 3], (0, 1, 2, 3)),
        ([0, 12_500_000], (0, 5_000_000, 10_000_000, 15_000_000)),
    ],
)
def test_an_axis_begins_at_nothing_and_is_marked_by_round_numbers(numbers, ticks):
    scale = scale_of(numbers)
    assert scale.ticks == pytest.approx(ticks)
    assert not scale.steep


def test_numbers_far_apart_stand_on_a_logarithmic_axis():
    scale = scale_of([8, 30, 500])
    assert scale.steep
    assert scale.ticks == (3, 10, 30, 100, 300, 1000)[: len(scale.ticks)]
    assert scale.at(30) - scale.at(10) == pytest.approx(scale.at(300) - scale.at(100), abs=0.2)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
def test_every_number_has_its_place_in_order(numbers):
    scale = scale_of(numbers)
    places = [scale.at(number) for number in sorted(numbers)]
    assert places == sorted(places)
    assert all(BEGIN <= place <= END for place in places)
    assert 2 <= len(scale.ticks) <= 9
