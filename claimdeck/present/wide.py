"""Draw the provenance of a claim from left to right, for a broad column.

Columns by longest path, ordered by barycentre (Sugiyama, Tagawa and Toda 1981, https://doi.org/10.1109/TSMC.1981.4308636);
a route that passes over a column has a place of its own in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from claimdeck.model.cards import Stance
from claimdeck.present.graph import CLAIM, Node, Provenance, Route
from claimdeck.present.picture import (
    BETWEEN,
    HEADINGS,
    NODES_AT_MOST,
    PORT,
    Box,
    Pen,
    Picture,
    box_of,
    stances_of,
    words_in,
)
from claimdeck.present.views import grouped

WIDTH = 760
GAP, CLAIM_WIDTH, BROADEST, HEADING = 46, 116, 216, 26
COLUMNS_AT_MOST = 5
Routes = dict[str, list[Route]]  # by where they begin, or end


def draw_wide(provenance: Provenance) -> Picture | None:
    """Return the picture for a broad column; None where it would have too many columns or nodes."""
    columns, routes = _columns(provenance)
    if len(columns) > COLUMNS_AT_MOST or len(provenance.nodes) > NODES_AT_MOST:
        return None
    into, out_of = grouped((r.end, r) for r in routes), grouped((r.start, r) for r in routes)
    _sort_by_barycentre(columns, into, out_of)
    broad = min(BROADEST, (WIDTH - CLAIM_WIDTH - GAP * (len(columns) - 1)) // (len(columns) - 1))
    widths = [CLAIM_WIDTH if column == [CLAIM] else broad for column in columns]
    nodes = {key: provenance.nodes.get(key) or Node(key, "relay", "") for column in columns for key in column}
    words = {
        key: words_in(width, nodes[key].name, nodes[key].notes)
        for width, column in zip(widths, columns, strict=True)
        for key in column
    }
    tops = _tops(columns, {key: each.height for key, each in words.items()}, routes)
    step = (WIDTH - CLAIM_WIDTH - 3) / (len(columns) - 1)
    boxes = {
        key: box_of(nodes[key].role, words[key], 1 + round(number * step), HEADING + round(tops[key]), width)
        for number, (width, column) in enumerate(zip(widths, columns, strict=True))
        for key in column
    }
    leaving, entering = ({key: _offsets(met) for key, met in joined.items()} for joined in (out_of, into))
    pen = Pen()
    for route in routes:
        start, end = boxes[route.start], boxes[route.end]
        leaves = start.y + start.height / 2 + leaving[route.start][route.stance]
        enters = end.y + end.height / 2 + entering[route.end][route.stance]
        _draw_curve(pen, route.stance, (start.right, leaves), (end, enters), is_node=route.end in provenance.nodes)
    bottom = max(box.y + box.height for box in boxes.values()) + 1
    headings = [(boxes[column[0]].x, _heading(column, provenance)) for column in columns]
    shown = [box for key, box in boxes.items() if key in provenance.nodes]
    return Picture(WIDTH, bottom, shown, pen.strokes(), [heading for heading in headings if heading[1]])


def _columns(provenance: Provenance) -> tuple[list[list[str]], list[Route]]:
    """Return the nodes by longest path, sources and claim in the last two columns, and routes of one step each."""
    depth: dict[str, int] = {}
    for key in provenance.downwards:
        depth[key] = max((depth[route.start] + 1 for route in provenance.routes_into(key)), default=0)
    sources = max((depth[key] for key, node in provenance.nodes.items() if node.role == "source"), default=0)
    for key, node in provenance.nodes.items():
        depth[key] = {"source": sources, "claim": sources + 1}.get(node.role, depth[key])
    columns: list[list[str]] = [[] for _ in range(sources + 2)]
    for key in provenance.nodes:
        columns[depth[key]].append(key)
    routes: dict[Route, None] = {}
    for route in provenance.routes:
        start = route.start
        for number in range(depth[route.start] + 1, depth[route.end]):
            place = f"{route.start} {route.stance} {number}"  # shared by all routes from there of that stance
            columns[number] += [] if place in columns[number] else [place]
            routes[Route(start, place, route.stance)] = None
            start = place
        routes[Route(start, route.end, route.stance)] = None
    return columns, list(routes)


def _sort_by_barycentre(columns: list[list[str]], into: Routes, out_of: Routes) -> None:
    """Order each column by the middle of what its nodes are joined to, forth and back, so that few routes cross."""
    joined_before = {key: [route.start for route in routes] for key, routes in into.items()}
    joined_after = {key: [route.end for route in routes] for key, routes in out_of.items()}
    for _ in range(4):
        before = [list(column) for column in columns]
        for ordered, joined in ((columns, joined_before), (columns[::-1], joined_after)):
            for known, here in [(known, here) for known, here in pairwise(ordered) if len(here) > 1]:
                places = {key: place for place, key in enumerate(known)}
                middles = {key: _middle(joined.get(key, ()), places, place) for place, key in enumerate(here)}
                here.sort(key=middles.__getitem__)
        if columns == before:
            return  # every further round would leave it so


def _middle(joined: Iterable[str], places: dict[str, int], otherwise: int) -> float:
    """Return the mean of the *places* of what a node is *joined* to, else its own place."""
    found = [places[key] for key in joined if key in places]
    return sum(found) / len(found) if found else otherwise


def _tops(columns: list[list[str]], heights: dict[str, int], routes: list[Route]) -> dict[str, float]:
    """Return how far down each box begins: the fullest column stacked, the others beside what they join."""
    whole = [sum(heights[key] + BETWEEN for key in column) - BETWEEN for column in columns]
    fullest = whole.index(max(whole))
    joined: dict[str, list[str]] = {}
    for route in routes:
        joined.setdefault(route.start, []).append(route.end)
        joined.setdefault(route.end, []).append(route.start)
    tops: dict[str, float] = {}
    inward = [*range(fullest, -1, -1), *range(fullest + 1, len(columns))]
    for number in inward:
        column, y = columns[number], 0.0
        for key in column:
            placed = [tops[other] + heights[other] / 2 for other in joined.get(key, ()) if other in tops]
            wanted = sum(placed) / len(placed) - heights[key] / 2 if placed and number != fullest else y
            tops[key] = max(y, wanted)
            y = tops[key] + heights[key] + BETWEEN
        floor = float(max(whole))
        for key in reversed(column):
            tops[key] = min(tops[key], floor - heights[key])
            floor = tops[key] - BETWEEN
    return tops


def _draw_curve(pen: Pen, stance: Stance, start: tuple[int, float], end: tuple[Box, float], *, is_node: bool) -> None:
    """Draw a route from a point to a box at a height; where no node stands, it goes on through its place."""
    (x0, y0), (box, y1) = start, end
    x1 = box.x - (5 if is_node else 0)
    bend = (x1 - x0) / 2
    through = "" if is_node else f"H{box.right}"
    pen.draw(stance, f"M{x0} {y0:.0f}C{x0 + bend:.0f} {y0:.0f} {x1 - bend:.0f} {y1:.0f} {x1} {y1:.0f}{through}")
    if is_node:
        pen.point(stance, box.x, y1)


def _offsets(routes: list[Route]) -> dict[Stance, float]:
    """Return how far from the middle the *routes* of each stance meet a box."""
    stances = stances_of(routes)
    return {stance: PORT * (number - (len(stances) - 1) / 2) for number, stance in enumerate(stances)}


def _heading(column: list[str], provenance: Provenance) -> str:
    roles = [provenance.nodes[key].role for key in column if key in provenance.nodes]
    return HEADINGS[roles[0]] if roles else ""
