"""Draw the provenance of a claim from left to right, for a broad column.

Columns by longest path, ordered by barycentre (Sugiyama, Tagawa and Toda 1981, https://doi.org/10.1109/TSMC.1981.4308636);
a route that passes over a column has a place of its own in it.
"""

from __future__ import annotations

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
    downwards,
    rank_of,
)

WIDTH = 760
GAP, CLAIM_WIDTH, BROADEST, HEADING = 46, 116, 216, 26
COLUMNS_AT_MOST = 5


def draw_wide(provenance: Provenance) -> Picture | None:
    """Return the picture for a broad column; None where it would have too many columns or nodes."""
    columns, routes = _columns(provenance)
    if len(columns) > COLUMNS_AT_MOST or len(provenance.nodes) > NODES_AT_MOST:
        return None
    _sort_by_barycentre(columns, routes)
    broad = min(BROADEST, (WIDTH - CLAIM_WIDTH - GAP * (len(columns) - 1)) // (len(columns) - 1))
    step = (WIDTH - CLAIM_WIDTH - 3) / (len(columns) - 1)
    boxes: dict[str, Box] = {}
    for number, column in enumerate(columns):
        width = CLAIM_WIDTH if column == [CLAIM] else broad
        for key in column:
            node = provenance.nodes.get(key) or Node(key, "relay", "")
            boxes[key] = box_of(node, node.notes, 1 + round(number * step), 0, width)
    boxes = _placed(boxes, columns, routes)
    pen = Pen()
    for route in routes:
        _draw_curve(pen, route, boxes, routes, provenance)
    bottom = max(box.y + box.height for box in boxes.values()) + 1
    headings = [(boxes[column[0]].x, _heading(column, provenance)) for column in columns]
    shown = [box for key, box in boxes.items() if key in provenance.nodes]
    return Picture(WIDTH, bottom, shown, pen.strokes(), [heading for heading in headings if heading[1]])


def _columns(provenance: Provenance) -> tuple[list[list[str]], list[Route]]:
    """Return the nodes by longest path, sources and claim in the last two columns, and routes of one step each."""
    depth: dict[str, int] = {}
    for key in downwards(provenance):
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


def _sort_by_barycentre(columns: list[list[str]], routes: list[Route]) -> None:
    """Order each column by the middle of what its nodes are joined to, forth and back, so that few routes cross."""
    for _ in range(4):
        for ordered, forth in ((columns, True), (columns[::-1], False)):
            for before, here in pairwise(ordered):
                middles = {key: _middle(key, before, here, routes, forth) for key in here}
                here.sort(key=middles.__getitem__)


def _middle(key: str, before: list[str], here: list[str], routes: list[Route], forth: bool) -> float:
    """Return the mean place in the column *before* of what *key* is joined to there, else its own."""
    joined = [r.start if forth else r.end for r in routes if (r.end if forth else r.start) == key]
    places = [before.index(other) for other in joined if other in before]
    return sum(places) / len(places) if places else here.index(key)


def _placed(boxes: dict[str, Box], columns: list[list[str]], routes: list[Route]) -> dict[str, Box]:
    """Return the boxes with their heights on the page: the fullest column stacked, the others beside what they join."""
    heights = [sum(boxes[key].height + BETWEEN for key in column) - BETWEEN for column in columns]
    fullest = heights.index(max(heights))
    tops: dict[str, float] = {}
    inward = [*range(fullest, -1, -1), *range(fullest + 1, len(columns))]
    for number in inward:
        column, y = columns[number], 0.0
        for key in column:
            joined = [
                other
                for route in routes
                for here, other in ((route.start, route.end), (route.end, route.start))
                if here == key and other in tops
            ]
            wanted = _mean_centre(joined, tops, boxes) - boxes[key].height / 2 if joined and number != fullest else y
            tops[key] = max(y, wanted)
            y = tops[key] + boxes[key].height + BETWEEN
        floor = float(max(heights))
        for key in reversed(column):
            tops[key] = min(tops[key], floor - boxes[key].height)
            floor = tops[key] - BETWEEN
    return {key: _moved(box, HEADING + round(tops[key])) for key, box in boxes.items()}


def _mean_centre(keys: list[str], tops: dict[str, float], boxes: dict[str, Box]) -> float:
    return sum(tops[key] + boxes[key].height / 2 for key in keys) / len(keys)


def _moved(box: Box, down: int) -> Box:
    name = [(y + down, text) for y, text in box.name]
    notes = [(y + down, text) for y, text in box.notes]
    return Box(box.x, box.y + down, box.width, box.height, box.role, name, notes)


def _draw_curve(pen: Pen, route: Route, boxes: dict[str, Box], routes: list[Route], provenance: Provenance) -> None:
    start, end = boxes[route.start], boxes[route.end]
    y0 = start.y + start.height / 2 + _offset(route.stance, [r for r in routes if r.start == route.start])
    y1 = end.y + end.height / 2 + _offset(route.stance, [r for r in routes if r.end == route.end])
    is_node = route.end in provenance.nodes
    x0, x1 = start.right, end.x - (5 if is_node else 0)
    bend = (x1 - x0) / 2
    through = "" if is_node else f"H{end.right}"
    pen.draw(route.stance, f"M{x0} {y0:.0f}C{x0 + bend:.0f} {y0:.0f} {x1 - bend:.0f} {y1:.0f} {x1} {y1:.0f}{through}")
    if is_node:
        pen.point(route.stance, end.x, y1)


def _offset(stance: Stance, routes: list[Route]) -> float:
    """Return how far from the middle a stance's routes meet a box where *routes* of several stances do."""
    stances = {route.stance for route in routes}
    return PORT * (rank_of(stance, routes) - (len(stances) - 1) / 2)


def _heading(column: list[str], provenance: Provenance) -> str:
    roles = [provenance.nodes[key].role for key in column if key in provenance.nodes]
    return HEADINGS[roles[0]] if roles else ""
