"""How the time that something takes grows with its size: compared with time for a part of it, never with a clock."""

import time

TIMES, MORE = 4, 8  # so much longer texts may take so much more time
SHORT = 0.02  # seconds that are too few to compare


def took(task, *given):
    """Return how many seconds of this process *task* takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        task(*given)
        best = min(best, time.process_time() - start)
    return best


def grows_evenly(task, make, length):
    """Whether *task* takes for what *make* makes of *length* not much more than its share of that of a quarter."""
    whole = took(task, make(length))
    return whole < SHORT or whole < MORE * took(task, make(length // TIMES))
