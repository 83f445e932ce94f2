"""Put numbers on an axis: positions in per cent of its length, and the numbers to mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

BEGIN, END = 1.0, 94.0  # per cent; what is open goes on to the edge
STEEP = 20  # from this ratio of largest to smallest on, the axis is logarithmic
TICKS = 5


@dataclass(frozen=True)
class Scale:
    """An axis from *low* to *high*; *steep*: logarithmic."""

    low: float
    high: float
    steep: bool
    ticks: tuple[float, ...]

    def at(self, number: float) -> float:
        """Return where *number* stands, in per cent; what lies outside stands at the end."""
        if self.steep:
            share = log10(max(number, self.low) / self.low) / log10(self.high / self.low)
        else:
            share = (number - self.low) / (self.high - self.low)
        return round(BEGIN + min(max(share, 0), 1) * (END - BEGIN), 1)


def scale_of(numbers: Iterable[float]) -> Scale:
    """Return the scale on which *numbers*, none negative, stand apart: from 0, or logarithmic where they range far."""
    known = sorted(numbers)
    smallest, largest = next((n for n in known if n > 0), 1.0), max(known[-1], 1.0)
    if known[0] > 0 and largest / smallest >= STEEP:
        ticks = [n * 10.0**power for power in range(floor(log10(smallest)), ceil(log10(largest)) + 1) for n in (1, 3)]
        low = max(tick for tick in ticks if tick <= smallest)
        high = min((tick for tick in ticks if tick >= largest), default=ticks[-1])
        inside = [tick for tick in ticks if low <= tick <= high]
        every = ceil(len(inside) / (TICKS + 1))
        return Scale(low, high, steep=True, ticks=tuple(inside[::every]))
    step = _step(largest / TICKS)
    high = ceil(largest / step) * step
    return Scale(0, high, steep=False, ticks=tuple(step * n for n in range(round(high / step) + 1)))


def _step(at_least: float) -> float:
    """Return the least of 1, 2, 5, 10, 20 … that is not below *at_least*."""
    power = 10.0 ** floor(log10(at_least))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= at_least * (1 - 1e-9))
