"""Oracle values for src/stats/agreement, made with statsmodels (Debian: python3-statsmodels) and written as JSON.

    /usr/bin/python3 scripts/oracles/agreement.py > test/oracles/agreement.json
    npx biome format --write test/oracles/agreement.json

Kappas are statsmodels' own. Alpha is computed by Krippendorff's definition from all pairs of values, not from a
coincidence matrix. Intervals: leave-one-out by deleting rows and computing the coefficient anew; Wilson's interval as
the roots of its quadratic. Dawid and Skene's model: plain expectation–maximisation over every item until nothing moves,
and scores as complex-step derivatives of each item's log likelihood.
"""

import json
import math
import random

import numpy as np
from scipy import stats
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

MISSING = -1


def alpha_parts(rows, metric, categories):
    """Observed and expected disagreement and the largest distance, from pairs of values."""
    units = [[v for v in row if v != MISSING] for row in rows]
    units = [unit for unit in units if len(unit) >= 2]
    values = [v for unit in units for v in unit]
    n = len(values)
    counts = [values.count(c) for c in range(categories)]

    def distance(a, b):
        if a == b:
            return 0.0
        if metric == "nominal":
            return 1.0
        low, high = min(a, b), max(a, b)
        between = sum(counts[low : high + 1]) - (counts[low] + counts[high]) / 2
        return (between / n) ** 2

    observed = 0.0
    for unit in units:
        pairs = sum(distance(a, b) for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j)
        observed += pairs / (len(unit) - 1)
    expected = sum(
        distance(a, b) * counts[a] * counts[b] for a in range(categories) for b in range(categories)
    )
    most = max(distance(a, b) for a in range(categories) for b in range(categories))
    return observed / n, expected / (n * (n - 1)), most


def cohen_parts(rows, categories):
    pairs = [row for row in rows if MISSING not in row]
    table = np.zeros((categories, categories))
    for a, b in pairs:
        table[a, b] += 1
    kappa = cohens_kappa(table, return_results=False)
    observed = 1 - np.trace(table) / len(pairs)
    return observed, observed / (1 - kappa) if observed > 0 else chance(table), 1.0


def chance(table):
    p = table / table.sum()
    return 1 - float(p.sum(axis=1) @ p.sum(axis=0))


def fleiss_parts(rows, categories):
    full = [row for row in rows if MISSING not in row]
    table, _ = aggregate_raters(np.asarray(full), n_cat=categories)
    kappa = fleiss_kappa(table, method="fleiss")
    m = table.shape[1] and table[0].sum()
    agree = np.mean([(sum(c * c for c in row) - m) / (m * (m - 1)) for row in table])
    shares = table.sum(axis=0) / table.sum()
    observed = 1 - agree
    return observed, observed / (1 - kappa) if observed > 0 else 1 - float(shares @ shares), 1.0


def usable(name, row):
    given = sum(v != MISSING for v in row)
    return given >= 2 if name.startswith("alpha") else given == len(row)


def coefficient(name, rows, categories):
    if name == "cohen":
        return cohen_parts(rows, categories)
    if name == "fleiss":
        return fleiss_parts(rows, categories)
    return alpha_parts(rows, name.removeprefix("alpha-"), categories)


def variance(name, rows, marks, categories):
    kinds = sorted(set(marks))
    left = []
    for kind in kinds:
        observed, expected, _ = coefficient(
            name, [r for r, m in zip(rows, marks) if m != kind], categories
        )
        left.append(1 - observed / expected)
    k = len(kinds)
    return (k - 1) / k * float(np.sum((np.asarray(left) - np.mean(left)) ** 2)), k


def wilson(p, n, confidence):
    z = stats.norm.isf((1 - confidence) / 2)
    roots = np.roots([1 + z * z / n, -(2 * p + z * z / n), p * p])
    low, high = sorted(float(np.real(r)) for r in roots)
    return max(0.0, low), min(1.0, high)


def estimate(name, rows, clusters, categories, confidence=0.95):
    keep = [i for i, row in enumerate(rows) if usable(name, row)]
    rows = [rows[i] for i in keep]
    clusters = [clusters[i] for i in keep]
    observed, expected, most = coefficient(name, rows, categories)
    by_cluster, k = variance(name, rows, clusters, categories)
    by_item, _ = variance(name, rows, list(range(len(rows))), categories)
    share = observed / most
    v = max(by_cluster, by_item) * (expected / most) ** 2
    spread = share * (1 - share)
    worth = k if spread < 1e-12 or v < 1e-12 * spread else spread / v
    ratio = stats.norm.ppf((1 + confidence) / 2) / stats.t.ppf((1 + confidence) / 2, k - 1)
    low, high = wilson(share, worth * ratio**2, confidence)
    return dict(
        coefficient=name,
        estimate=1 - observed / expected,
        low=min(1 - observed / expected, max(-1.0, 1 - high * most / expected)),
        high=1 - low * most / expected,
        items=len(rows),
        clusters=k,
    )


def dataset(rng, items, raters, categories, size, noise, missing):
    rows, clusters = [], []
    for item in range(items):
        cluster = item // size
        truth = rng.randrange(categories) if item % size == 0 or rng.random() < 0.4 else truth
        row = [truth if rng.random() > noise else rng.randrange(categories) for _ in range(raters)]
        rows.append([MISSING if rng.random() < missing else v for v in row])
        clusters.append(cluster)
    return rows, clusters


def expectation_maximisation(rows, categories, rounds=20_000):
    n, raters = len(rows), len(rows[0])
    weights = np.zeros((n, categories))
    for i, row in enumerate(rows):
        given = [v for v in row if v != MISSING]
        for v in given:
            weights[i, v] += 1 / len(given)
    for _ in range(rounds):
        shares = (weights.sum(axis=0) + 0.5) / (n + 0.5 * categories)
        said = np.full((raters, categories, categories), 0.5)
        for i, row in enumerate(rows):
            for r, v in enumerate(row):
                if v != MISSING:
                    said[r, :, v] += weights[i]
        said /= said.sum(axis=2, keepdims=True)
        new = np.zeros_like(weights)
        for i, row in enumerate(rows):
            new[i] = shares * np.prod([said[r, :, v] for r, v in enumerate(row) if v != MISSING], axis=0)
        new /= new.sum(axis=1, keepdims=True)
        moved = np.abs(new - weights).max()
        weights = new
        if moved < 1e-15:
            break
    return shares, said, weights


def likelihood(free, row, categories, raters):
    """Log likelihood of one item; `free` holds all shares but the last of each table."""
    tables = free.reshape(-1, categories - 1)
    tables = np.hstack([tables, 1 - tables.sum(axis=1, keepdims=True)])
    shares, said = tables[0], tables[1:].reshape(raters, categories, categories)
    total = shares.astype(complex)
    for r, v in enumerate(row):
        if v != MISSING:
            total = total * said[r, :, v]
    return np.log(total.sum())


def latent(rows, clusters, categories):
    raters = len(rows[0])
    shares, said, weights = expectation_maximisation(rows, categories)
    tables = np.vstack([shares[None, :], said.reshape(-1, categories)])
    free = tables[:, :-1].ravel()
    size = len(free)
    scores = []
    for row in rows:
        score = []
        for k in range(size):
            step = free.astype(complex)
            step[k] += 1e-30j
            score.append(likelihood(step, row, categories, raters).imag / 1e-30)
        scores.append(score)
    scores = np.asarray(scores)
    bread = scores.T @ scores
    for t, table in enumerate(tables):
        for a in range(categories - 1):
            for b in range(categories - 1):
                i, j = t * (categories - 1) + a, t * (categories - 1) + b
                bread[i, j] += 0.5 / table[-1] ** 2 + (0.5 / table[a] ** 2 if a == b else 0)
    inverse = np.linalg.inv(bread)
    kinds = sorted(set(clusters))
    sums = np.asarray([scores[[c == k for c in clusters]].sum(axis=0) for k in kinds])
    clustered = inverse @ (sums.T @ sums * len(kinds) / (len(kinds) - 1)) @ inverse
    errors = np.sqrt(np.maximum(np.diag(inverse), np.diag(clustered)))
    first = errors.reshape(-1, categories - 1)[1:].reshape(raters, categories, categories - 1)
    return dict(
        raters=raters,
        categories=categories,
        values=[v for row in rows for v in row],
        clusters=clusters,
        prevalence=shares.tolist(),
        confusion=said.tolist(),
        standardErrors=first.tolist(),
        posterior=weights.ravel().tolist(),
    )


def main():
    rng = random.Random(20_251_218)
    shapes = [
        ("two raters, two categories", 60, 2, 2, 1, 0.2, 0.0),
        ("two raters in seeds, some missing", 80, 2, 3, 3, 0.3, 0.1),
        ("two raters who always agree", 24, 2, 2, 2, 0.0, 0.0),
        ("three raters", 90, 3, 2, 3, 0.25, 0.0),
        ("five raters, four categories", 40, 5, 4, 2, 0.4, 0.0),
        ("four raters, many missing", 70, 4, 3, 2, 0.3, 0.3),
        ("chance alone", 50, 3, 3, 1, 1.0, 0.1),
    ]
    cases = []
    for name, items, raters, categories, size, noise, missing in shapes:
        rows, clusters = dataset(rng, items, raters, categories, size, noise, missing)
        names = ["fleiss", "alpha-nominal", "alpha-ordinal"] + (["cohen"] if raters == 2 else [])
        cases.append(
            dict(
                name=name,
                raters=raters,
                categories=categories,
                values=[v for row in rows for v in row],
                clusters=clusters,
                expected=[estimate(n, rows, clusters, categories) for n in names],
            )
        )
    fitted = [
        latent(*dataset(rng, 120, 4, 3, 3, 0.35, 0.1), 3),
        latent(*dataset(rng, 80, 3, 2, 1, 0.3, 0.0), 2),
    ]
    document = dict(madeWith="scripts/oracles/agreement.py", cases=cases, latent=fitted)
    print(json.dumps(document, separators=(",", ":")))


main()
