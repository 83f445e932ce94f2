"""Both drawings of provenance, wide and upright: nothing overlaps, nothing is left out, nothing leaves the page."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.model.urls import Home
from claimdeck.present.graph import CLAIM, Node, Provenance, Route, provenance_of
from claimdeck.present.lettering import width_of
from claimdeck.present.picture import PAD, Pen, Picture
from claimdeck.present.upright import LANES_AT_MOST, draw_upright
from claimdeck.present.views import Views
from claimdeck.present.wide import COLUMNS_AT_MOST, draw_wide

STANCES = ["supports", "disputes", "qualifies"]


@st.composite
def provenances(draw) -> Provenance:
    """Draw a graph as provenance_of makes them: claimants in any order without rings, sources, one claim."""
    provenance = Provenance()
    names = st.text("abcdefgh MW", min_size=1, max_size=60)
    claimants = [f"c{number}" for number in range(draw(st.integers(0, 6)))]
    sources = [f"source {number}" for number in range(draw(st.integers(1, 8)))]
    for place, key in enumerate(claimants):
        citing = claimants[place + 1 :] + sources
        for end in draw(st.lists(st.sampled_from(citing), min_size=1, max_size=3)):
            provenance.routes[Route(key, end, draw(st.sampled_from(STANCES)))] = None
    cited = {route.end for route in provenance.routes}
    for key in claimants:
        provenance.nodes[key] = Node(key, "relay" if key in cited else "origin", draw(names), ("outlet", draw(names)))
    for key in sources:
        provenance.nodes[key] = Node(key, "source", draw(names), ("2 May 2030", "supports"))
        for stance in draw(st.lists(st.sampled_from(STANCES), min_size=1, max_size=2, unique=True)):
            provenance.routes[Route(key, CLAIM, stance)] = None
    provenance.nodes[CLAIM] = Node(CLAIM, "claim", "This claim", ("UNVERIFIED",))
    return provenance


def check_drawing(picture: Picture, provenance: Provenance) -> None:
    assert len(picture.boxes) == len(provenance.nodes)
    for one, other in combinations(picture.boxes, 2):
        apart = one.right <= other.x or other.right <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    for box in picture.boxes:
        assert box.x >= 0 <= box.y
        assert box.right <= picture.width
        assert box.y + box.height <= picture.height
        for (y, words), size, typed in [*((n, 15, False) for n in box.name), *((n, 11.5, True) for n in box.notes)]:
            assert box.y < y < box.y + box.height
            assert width_of(words, size, typed) <= box.width - 2 * PAD + 0.01
    assert {stroke.stance for stroke in picture.strokes} == {route.stance for route in provenance.routes}
    for stroke in picture.strokes:
        heads = [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)l", stroke.heads)]
        ends = {route.end for route in provenance.routes if route.stance == stroke.stance}
        touched = [
            b for b in picture.boxes if any(x in {b.x, b.right} and b.y <= y <= b.y + b.height for x, y in heads)
        ]
        assert len(touched) == len(ends)


@given(provenances())
def test_the_upright_drawing_holds_every_node_and_route(provenance):
    if picture := draw_upright(provenance):
        check_drawing(picture, provenance)


@given(provenances())
def test_the_wide_drawing_holds_every_node_and_route(provenance):
    if picture := draw_wide(provenance):
        check_drawing(picture, provenance)


@given(provenances())
def test_a_drawing_is_the_same_each_time(provenance):
    assert draw_wide(provenance) == draw_wide(provenance)
    assert draw_upright(provenance) == draw_upright(provenance)


def chain(length: int) -> Provenance:
    """Return a provenance of *length* claimants, each citing the one before, and one source."""
    keys = [*(f"c{number}" for number in range(length)), "source s", CLAIM]
    provenance = Provenance({key: Node(key, "relay", key, ("outlet",)) for key in keys[:-2]})
    provenance.nodes["source s"] = Node("source s", "source", "Outlet", ("2 May 2030",))
    provenance.nodes[CLAIM] = Node(CLAIM, "claim", "This claim", ("UNVERIFIED",))
    provenance.routes = {Route(a, b, "supports"): None for a, b in pairwise(keys)}
    return provenance


def test_a_chain_too_long_for_the_columns_is_only_drawn_upright():
    assert draw_wide(chain(COLUMNS_AT_MOST - 2)) is not None
    assert draw_wide(chain(COLUMNS_AT_MOST - 1)) is None
    assert draw_upright(chain(20)) is not None


def test_origins_that_all_lead_to_all_sources_need_too_many_lanes_to_be_drawn_upright():
    provenance = chain(1)
    for number in range(LANES_AT_MOST + 1):
        provenance.nodes[f"o{number}"] = Node(f"o{number}", "origin", "Origin", ("person",))
        provenance.routes[Route(f"o{number}", "source s", "supports")] = None
    assert draw_upright(provenance) is None
    assert draw_wide(provenance) is not None


def test_the_columns_are_headed_by_what_stands_in_them():
    assert [words for _, words in draw_wide(chain(2)).headings] == ["relayed by", "relayed by", "read in"]


def test_a_route_over_a_column_does_not_cross_the_boxes_in_it():
    provenance = chain(2)
    provenance.routes[Route("c0", "source s", "supports")] = None
    picture = draw_wide(provenance)
    relay = next(box for box in picture.boxes if box.name[0][1] == "c1")
    [level] = re.findall(rf"(\d+)H{relay.right}", picture.strokes[0].path)
    assert not relay.y <= int(level) <= relay.y + relay.height


@pytest.mark.parametrize("name", ["forty-pieces", "long-statement", "korean", "right-to-left", "unknown-end"])
def test_the_pictures_of_hard_cases_are_whole(build, name):
    views = Views(build(name).judged.deck, Home.at("https://example.org/"))
    for claim in views.deck.claims.values():
        provenance = provenance_of(claim, views)
        for picture in filter(None, (draw_wide(provenance), draw_upright(provenance))):
            check_drawing(picture, provenance)


def test_a_pen_keeps_the_stances_apart_and_draws_no_arrowhead_twice():
    pen = Pen()
    for _ in range(2):
        pen.draw("disputes", "M0 0H9")
        pen.point("disputes", 9, 0)
    pen.draw("supports", "M0 5H9")
    assert [(s.stance, s.path, s.heads) for s in pen.strokes()] == [
        ("supports", "M0 5H9", ""),
        ("disputes", "M0 0H9M0 0H9", "M9 0l-6-4v8z"),
    ]
