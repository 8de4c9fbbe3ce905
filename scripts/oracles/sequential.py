"""Values for the tests of src/stats/sequential, computed without it: the capital is multiplied up draw by draw and
its roots are found by scipy; empirical Bernstein comes from its definition over arrays.

    python3 scripts/oracles/sequential.py > test/oracles/sequential.json
"""
import json
import random

import numpy as np
from scipy.optimize import brentq


def log_capital(draws, mean, bets):
    """Log capital of the gambler who bets on draws above the mean."""
    total = []
    for stake, advantage in bets:
        bet = min(advantage / (mean * (1 - mean)), 0.9 / mean)
        x = np.asarray(draws, float)
        # The draw's own factor where it is 0 or 1; a weighted geometric mean of both between them.
        factors = x * np.log(1 + bet * (1 - mean)) + (1 - x) * np.log(1 - bet * mean)
        total.append(np.log(stake) + factors.sum())
    return np.logaddexp.reduce(total)


def low_end(draws, bets, level):
    """Where the capital falls to the level; 0 where it never reaches it."""
    top = np.mean(draws)
    at = lambda mean: log_capital(draws, mean, bets) - level
    bottom = 1e-13
    if top <= bottom or at(bottom) < 0:
        return 0.0
    return brentq(at, bottom, min(top, 1 - 1e-13), xtol=1e-15, rtol=1e-14)


def betting(draws, precision, confidence, times):
    bets = (
        [(0.2, a) for a in (0.025, 0.05, 0.1, 0.2, 0.4)]
        if precision is None
        else [(0.9, 1.3 * precision), (0.1, 4 * precision)]
    )
    level = np.log(2 / (1 - confidence))
    low, high, out = 0.0, 1.0, []
    for n in range(1, len(draws) + 1):
        seen = np.asarray(draws[:n], float)
        low = max(low, low_end(seen, bets, level))
        high = min(high, 1 - low_end(1 - seen, bets, level))
        if n in times:
            out.append([n, low, high])
    return out


def bernstein(draws, confidence, times):
    x = np.asarray(draws, float)
    t = np.arange(1, len(x) + 1)
    mean = (0.5 + np.cumsum(x)) / (t + 1)
    variance = (0.25 + np.cumsum((x - mean) ** 2)) / (t + 1)
    before_mean = np.concatenate([[0.5], mean[:-1]])
    before_variance = np.concatenate([[0.25], variance[:-1]])
    needed = np.log(2 / (1 - confidence))
    bet = np.minimum(np.sqrt(2 * needed / (before_variance * t * np.log(t + 1))), 0.5)
    psi = (-np.log(1 - bet) - bet) / 4
    half = (needed + np.cumsum(4 * (x - before_mean) ** 2 * psi)) / np.cumsum(bet)
    centre = np.cumsum(bet * x) / np.cumsum(bet)
    low = np.maximum.accumulate(np.maximum(0, centre - half))
    high = np.minimum.accumulate(np.minimum(1, centre + half))
    return [[int(n), float(low[n - 1]), float(high[n - 1])] for n in times]


def main():
    rng = random.Random(17)
    times = [1, 2, 5, 20, 60, 150]
    streams = [[int(rng.random() < rate) for _ in range(150)] for rate in (0.5, 0.9, 0.98, 0.1)]
    streams += [[1] * 150, [0] * 150]
    streams += [[round(rng.random() ** power, 6) for _ in range(150)] for power in (1, 0.2)]
    cases = []
    for draws in streams:
        for precision, confidence in [(None, 0.95), (0.05, 0.95), (0.1, 0.99), (0.3, 0.8)]:
            cases.append(dict(draws=draws, precision=precision, confidence=confidence,
                              betting=betting(draws, precision, confidence, times),
                              empiricalBernstein=bernstein(draws, confidence, times)))
    print(json.dumps(dict(madeWith="scripts/oracles/sequential.py", cases=cases), separators=(",", ":")))


main()
