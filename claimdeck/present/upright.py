"""Draw the provenance of a claim upright, for a phone: one box below the other, the routes in lanes beside them."""

from __future__ import annotations

from claimdeck.model.cards import Stance
from claimdeck.present.graph import CLAIM, Provenance
from claimdeck.present.picture import (
    BETWEEN,
    HEADINGS,
    NODES_AT_MOST,
    PORT,
    Pen,
    Picture,
    box_of,
    stances_of,
    words_in,
)

WIDTH = 340
LANE, LANES_AT_MOST = 11, 11


def draw_upright(provenance: Provenance) -> Picture | None:
    """Return the picture for a phone; None where the lanes would leave no room for words."""
    order = provenance.downwards
    row = {key: number for number, key in enumerate(order)}
    lanes = _lanes(provenance, row)
    stances = stances_of(provenance.routes_into(CLAIM))
    count = 1 + max(lanes.values(), default=-1)
    if count > LANES_AT_MOST or len(order) > NODES_AT_MOST:
        return None
    left, right = 1 + count * LANE, WIDTH - 3 - len(stances) * LANE
    picture, boxes = Picture(WIDTH), {}
    for key in order:
        node = provenance.nodes[key]
        heading = HEADINGS[node.role]
        words = words_in(right - left, node.name, (heading, *node.notes) if heading else node.notes)
        boxes[key] = box_of(node.role, words, left, picture.height + 1, right - left)
        picture.height = boxes[key].y + boxes[key].height + BETWEEN
    picture.height -= BETWEEN - 1
    picture.boxes = list(boxes.values())
    pen = Pen()
    for (start, stance), lane in lanes.items():
        x = left - (lane + 1) * LANE + 2
        leaves = (
            boxes[start].y + boxes[start].height - 9 - PORT * stances_of(provenance.routes_from(start)).index(stance)
        )
        ends = [
            boxes[route.end].y + 14 + PORT * stances_of(provenance.routes_into(route.end)).index(stance)
            for route in provenance.routes_from(start)
            if route.stance == stance
        ]
        pen.draw(stance, f"M{left} {leaves}H{x}V{max(ends)}" + "".join(f"M{x} {y}H{left - 5}" for y in sorted(ends)))
        for y in ends:
            pen.point(stance, left, y)
    claim = boxes[CLAIM]
    for number, stance in enumerate(stances):
        x, enters = right + (number + 1) * LANE - 2, claim.y + 12 + PORT * number
        starts = [boxes[r.start] for r in provenance.routes_into(CLAIM) if r.stance == stance]
        ways = [box.y + 14 + PORT * number for box in starts]
        pen.draw(stance, "".join(f"M{right} {y}H{x}" for y in ways) + f"M{x} {min(ways)}V{enters}H{right + 5}")
        pen.point(stance, right, enters, towards=-1)
    picture.strokes = pen.strokes()
    return picture


def _lanes(provenance: Provenance, row: dict[str, int]) -> dict[tuple[str, Stance], int]:
    """Return a lane for each node and stance that leads on, nearest to the boxes first; none is shared at a height."""
    reach: dict[tuple[str, Stance], int] = {}
    for route in provenance.routes:
        if route.end != CLAIM:
            key = (route.start, route.stance)
            reach[key] = max(reach.get(key, 0), row[route.end])
    lanes: dict[tuple[str, Stance], int] = {}
    free_from: list[int] = []
    for key in sorted(reach, key=lambda key: (row[key[0]], reach[key])):
        lane = next((n for n, free in enumerate(free_from) if free <= row[key[0]]), len(free_from))
        free_from[lane:] = [reach[key], *free_from[lane + 1 :]]
        lanes[key] = lane
    return lanes
