"""Oracle values for src/stats, made with scipy and numpy (Debian: python3-scipy) and written as JSON.

    /usr/bin/python3 scripts/oracles/stats.py > test/oracles/stats.json
    npx biome format --write test/oracles/stats.json

Normal quantiles and Wilson's interval are scipy's own, Student quantiles scipy's, polished. The cluster
correlation, the effective trials and Newcombe's interval are computed here a second time and another way: sums of
squares as residuals of least-squares fits, m0 by a trace, the variance of a group's mean as a quadratic form in the
full covariance matrix of its trials.
"""

import json
import math
import random

import numpy as np
from scipy import stats

PRIOR_MEAN, PRIOR_TRIALS = 0.5, 4


def projection(groups):
    """The matrix that replaces each value by the mean of its group."""
    groups = np.asarray(groups)
    same = (groups[:, None] == groups[None, :]).astype(float)
    return same / same.sum(axis=1, keepdims=True)


def same(a):
    a = np.asarray(a)
    return (a[:, None] == a[None, :]).astype(float)


def correlation(values, clauses, clusters):
    y = np.asarray(values, float)
    n = len(y)
    cell = [c * 10_000 + s for c, s in zip(clauses, clusters)]
    by_clause, by_cell = projection(clauses), projection(cell)
    between_df = len(set(cell)) - len(set(clauses))
    within_df = n - len(set(cell))
    measured, pairs = None, 0.0
    if between_df > 0 and within_df > 0:
        between = y @ (by_cell - by_clause) @ y / between_df
        within = y @ (np.eye(n) - by_cell) @ y / within_df
        # E[between] = sigma^2 (1 - rho) + sigma^2 rho m0, with m0 a trace over the same-cell matrix.
        m0 = np.trace((by_cell - by_clause) @ same(cell)) / between_df
        total = between + (m0 - 1) * within
        if total > 1e-12:
            measured = (between - within) / total
            pairs = between_df * m0 * (m0 - 1) / 2
    second = np.mean((y - y.mean()) ** 2)
    kurtosis = np.mean((y - y.mean()) ** 4) / second**2 if second > 1e-12 else 1.0
    credibility = 0.0 if measured is None else pairs / (pairs + 2 * kurtosis)
    rho = min(1, max(0, credibility * (measured or 0) + (1 - credibility) * PRIOR_MEAN))

    # Pairs of trials that share a cluster and not a clause.
    residual = y - by_clause @ y
    deviation = np.sqrt(np.maximum(0, by_clause @ (residual**2)))
    mask = same(clusters) * (1 - same(clauses))
    possible = deviation @ mask @ deviation
    measured_across, speaking = 0.0, 0.0
    if possible > 1e-12:
        measured_across = residual @ mask @ residual / possible
        for cluster in set(clusters):
            own = [c for c, s, d in zip(clauses, clusters, deviation) if s == cluster and d > 1e-6]
            if own:
                speaking += len(own) * (1 - 1 / len(set(own)))
    share = speaking / (speaking + 2 * kurtosis)
    across = min(1, max(0, share * measured_across + (1 - share) * rho))
    if measured is not None:
        across = min(rho, across)
    return dict(measured=measured, credibility=credibility, within=rho, across=across)


def effective(values, clauses, clusters, group, rho, across):
    keep = [i for i, c in enumerate(clauses) if c in group]
    y = np.asarray([values[i] for i in keep], float)
    c = [clauses[i] for i in keep]
    s = [clusters[i] for i in keep]
    n = len(y)
    cell = same(c) * same(s)
    # Correlation matrix of the trials.
    matrix = np.eye(n) + rho * (cell - np.eye(n)) + across * same(s) * (1 - same(c))
    # Within a clause the matrix spreads the clustering of its cells over the clause, as a design effect does:
    # the sum over a clause's block is what counts, and it is n_c * d_c.
    plain = n * n / matrix.sum()
    variance = np.mean((y - y.mean()) ** 2)
    if len(set(c)) == 1 or variance <= 1e-12 or plain <= 1:
        return plain
    total = variance / (1 - 1 / plain)
    shared_sum = shared_df = 0.0
    own = {}
    for clause in sorted(set(c)):
        mine = [i for i in range(n) if c[i] == clause]
        block = matrix[np.ix_(mine, mine)].sum()
        worth = len(mine) ** 2 / block
        spread = np.var(y[mine])
        own[clause] = (spread, worth)
        shared_sum += worth * spread + PRIOR_TRIALS * total
        shared_df += max(0, worth - 1) + PRIOR_TRIALS
    shared = min(total, shared_sum / shared_df)
    sd = np.array([math.sqrt(own[k][0] + shared / own[k][1]) for k in c])
    return total * n * n / (sd @ matrix @ sd)


def wilson(p, n, confidence):
    """The two roots of (p - x)^2 = z^2 x(1 - x)/n."""
    z = stats.norm.isf((1 - confidence) / 2)
    roots = np.roots([1 + z * z / n, -(2 * p + z * z / n), p * p])
    low, high = sorted(float(np.real(r)) for r in roots)
    return max(0.0, low), min(1.0, high)


def newcombe(e, f, g, h, confidence):
    n = e + f + g + h
    p1, p2 = (e + f) / n, (e + g) / n
    l1, u1 = wilson(p1, n, confidence)
    l2, u2 = wilson(p2, n, confidence)
    margins = (e + f) * (g + h) * (e + g) * (f + h)
    excess = e * h - f * g
    if excess > 0:
        excess = max(excess - n / 2, 0)
    phi = excess / math.sqrt(margins) if margins > 0 else 0.0
    d = p1 - p2
    a, b, c, k = p1 - l1, u1 - p1, p2 - l2, u2 - p2
    low = d - math.sqrt(max(0, a * a - 2 * phi * a * k + k * k))
    high = d + math.sqrt(max(0, b * b - 2 * phi * b * c + c * c))
    return max(-1.0, low), min(1.0, high)


def student(p, v):
    """scipy's t.ppf is off by up to 1e-9 (seen at p = 0.9995, v = 1), so Newton steps on its tail finish it."""
    if p == 0.5:
        return 0.0
    tail = min(p, 1 - p)
    t = abs(float(stats.t.ppf(p, v)))
    for _ in range(4):
        t += float((stats.t.sf(t, v) - tail) / stats.t.pdf(t, v))
    return t if p > 0.5 else -t


def dataset(rng, clauses, seeds, sizes, rate, alike, crossing):
    """Two subjects on the same trials; `crossing` clusters are shared by clauses."""
    y1, y2, c, s = [], [], [], []
    for clause in range(clauses):
        for seed in range(rng.choice(seeds)):
            cluster = seed if crossing else len(set(s))
            coin = rng.random() < rate
            for _ in range(rng.choice(sizes)):
                first = coin if rng.random() < alike else rng.random() < rate
                second = first if rng.random() < 0.5 else rng.random() < rate - 0.1
                y1.append(int(first)), y2.append(int(second)), c.append(clause), s.append(cluster)
    return y1, y2, c, s


def main():
    rng = random.Random(20_251_218)
    shapes = [
        ("even", 12, [3], [2], 0.7, 0.6, False),
        ("uneven", 10, [1, 2, 5], [1, 2, 3], 0.85, 0.5, False),
        ("singletons only", 8, [1, 3], [1], 0.6, 0.0, False),
        ("one cluster each", 6, [1], [3], 0.6, 0.8, False),
        ("one clause", 1, [7], [1, 2, 4], 0.5, 0.9, False),
        ("one cluster", 1, [1], [5], 0.6, 0.3, False),
        ("all adhere", 5, [2], [1, 2], 1.1, 0.5, False),
        ("none adheres", 5, [2], [1, 2], -1.0, 0.5, False),
        ("seeds across clauses", 6, [5], [1, 2], 0.6, 0.5, True),
        ("one seed across clauses", 4, [1], [1, 2], 0.6, 0.9, True),
        ("independent", 20, [2, 3, 4], [1, 2, 3], 0.9, 0.0, False),
        ("repeats all alike", 9, [2, 3], [3], 0.75, 1.0, False),
    ]
    cases = []
    for name, clauses, seeds, sizes, rate, alike, crossing in shapes:
        y1, y2, c, s = dataset(rng, clauses, seeds, sizes, rate, alike, crossing)
        groups = [[0], list(range(clauses)), list(range(0, clauses, 2))]
        case = dict(name=name, clauseCount=clauses, first=y1, second=y2, clauses=c, clusters=s)
        case["correlation"] = correlation(y1, c, s)
        case["rates"] = []
        case["differences"] = []
        values = [a - b for a, b in zip(y1, y2)]
        case["differenceCorrelation"] = correlation(values, c, s)
        for group in groups:
            mine = [i for i in range(len(c)) if c[i] in group]
            n = len(mine)
            rho = case["correlation"]
            worth = effective(y1, c, s, group, rho["within"], rho["across"])
            p = sum(y1[i] for i in mine) / n
            low, high = wilson(p, worth, 0.95)
            case["rates"].append(
                dict(group=group, estimate=p, effective=worth, low=low, high=high)
            )
            rho = case["differenceCorrelation"]
            worth = effective(values, c, s, group, rho["within"], rho["across"])
            table = [
                sum((y1[i], y2[i]) == cell for i in mine) * worth / n
                for cell in [(1, 1), (1, 0), (0, 1), (0, 0)]
            ]
            low, high = newcombe(*table, 0.95)
            case["differences"].append(
                dict(group=group, effective=worth, low=low, high=high,
                     estimate=sum(values[i] for i in mine) / n)
            )
        cases.append(case)

    probabilities = [1e-12, 1e-6, 0.001, 0.005, 0.025, 0.05, 0.1, 0.3, 0.45, 0.5]
    probabilities += [0.55, 0.7, 0.9, 0.95, 0.975, 0.99, 0.995, 0.9995]
    freedoms = [1, 1.5, 2, 2.7, 3, 4, 5, 7, 10, 15, 29, 30, 39.5, 40, 60, 137.5, 1000, 12345, 99_999, 1e5, 1e7]
    wilsons = []
    for k, n in [(0, 1), (1, 1), (0, 7), (7, 7), (1, 2), (8, 10), (170, 200), (999, 1000), (84_900, 100_000)]:
        for confidence in [0.5, 0.8, 0.95, 0.999]:
            ci = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
            wilsons.append([k, n, confidence, ci.low, ci.high])
    # 36, 12, 2, 0 is Newcombe's own worked example: 0.0569 to 0.3404.
    tables = [[36, 12, 2, 0], [19, 4, 1, 4], [50, 0, 0, 0], [40, 0, 0, 10], [0, 54, 0, 0], [5, 7, 9, 3], [700.5, 21.25, 9.5, 88]]
    print(json.dumps(dict(
        madeWith="scripts/oracles/stats.py",
        normal=[[p, float(stats.norm.ppf(p))] for p in probabilities + [1e-300, 1e-30, 0.0749, 0.0751]],
        student=[[p, v, student(p, v)] for v in freedoms for p in probabilities],
        wilson=wilsons,
        newcombe=[t + [c, *newcombe(*t, c)] for t in tables for c in [0.8, 0.95, 0.99]],
        cases=cases,
    ), indent=None, separators=(",", ":")))


main()
