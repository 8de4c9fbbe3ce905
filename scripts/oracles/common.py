"""Oracle values for the common statistics, made with scipy, numpy and statsmodels (Debian: python3-scipy,
python3-statsmodels) and written as JSON.

    /usr/bin/python3 scripts/oracles/common.py > test/oracles/common.json
    npx biome format --write test/oracles/common.json

Beta function, exact intervals, tests and adjusted probabilities are the libraries' own. Clustered errors go another
way than the code: statsmodels' sandwich for one clause, the quadratic form of a centring matrix for several. pass^k
is counted out over all sets of repeats, the bootstrap's percentiles over all resamples there are.
"""

import itertools
import json
import math
import random

import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest


def wilson(p, n, confidence):
    return score_roots(p, n, stats.norm.isf((1 - confidence) / 2))


def score_roots(p, n, z):
    """The two roots of (p - x)^2 = z^2 x(1 - x)/n."""
    roots = np.roots([1 + z * z / n, -(2 * p + z * z / n), p * p])
    low, high = sorted(float(np.real(r)) for r in roots)
    return max(0.0, low), min(1.0, high)


def betas():
    shapes = [(0.01, 0.01), (0.5, 0.5), (0.3, 40), (1, 1), (1, 9), (2, 3), (8.25, 3.5), (40, 0.5), (170, 31),
              (999, 2), (5e4, 7e4), (1e6, 2e6)]
    tails = [1e-10, 1e-4, 0.0025, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]
    quantiles = [[p, a, b, float(stats.beta.ppf(p, a, b))] for a, b in shapes for p in tails]
    functions = []
    for a, b in shapes:
        mean, sd = stats.beta.mean(a, b), stats.beta.std(a, b)
        for x in [1e-6, mean - 4 * sd, mean - sd, mean, mean + sd, mean + 3 * sd, 0.999]:
            if 0 < x < 1:
                functions.append([float(x), a, b, float(stats.beta.cdf(x, a, b))])
    return functions, quantiles


def clopper():
    rows = []
    for k, n in [(0, 1), (1, 1), (0, 30), (30, 30), (1, 2), (8, 10), (170, 200), (999, 1000), (84_900, 100_000)]:
        for confidence in [0.5, 0.95, 0.999]:
            ci = stats.binomtest(k, n).proportion_ci(confidence, method="exact")
            rows.append([k, n, confidence, float(ci.low), float(ci.high)])
    for k, n in [(0.4, 7.25), (12.5, 13.1), (88.8, 240.2)]:
        rows.append([k, n, 0.95, float(stats.beta.ppf(0.025, k, n - k + 1)),
                     float(stats.beta.ppf(0.975, k + 1, n - k))])
    return rows


def newcombe():
    rows = []
    # 56/70 and 48/80 is Newcombe's own worked example: 0.0524 to 0.3339.
    for p1, n1, p2, n2 in [(56 / 70, 70, 48 / 80, 80), (0, 10, 0, 20), (1, 10, 0, 10), (0.97, 33.3, 0.5, 812.75)]:
        for c in [0.8, 0.95, 0.99]:
            (l1, u1), (l2, u2) = wilson(p1, n1, c), wilson(p2, n2, c)
            d = p1 - p2
            rows.append([p1, n1, p2, n2, c, max(-1, d - math.hypot(p1 - l1, u2 - p2)),
                         min(1, d + math.hypot(u1 - p1, p2 - l2))])
    return rows


def tests(rng):
    mcnemar = [[b, c, float(stats.binomtest(b, b + c).pvalue)]
               for b, c in [(0, 1), (10, 2), (2, 10), (5, 5), (40, 21), (300, 251)]]
    score = []
    for x1, n1, x2, n2 in [(56, 70, 48, 80), (1, 30, 9, 31), (500, 1000, 470, 990), (7, 9, 0, 12)]:
        _, p = proportions_ztest([x1, x2], [n1, n2])
        score.append([x1 / n1, n1, x2 / n2, n2, float(p)])
    families = []
    for size in [1, 2, 7, 58]:
        p = [rng.random() ** rng.choice([1, 4]) for _ in range(size)]
        families.append(dict(probabilities=p, adjusted=[float(q) for q in multipletests(p, method="fdr_bh")[1]]))
    families.append(dict(probabilities=[0.02, 0.02, 0.02], adjusted=[0.02, 0.02, 0.02]))
    return mcnemar, score, families


def deviation(p1, p2, r):
    s1, s2 = math.sqrt(p1 * (1 - p1)), math.sqrt(p2 * (1 - p2))
    covariance = np.array([[s1 * s1, r * s1 * s2], [r * s1 * s2, s2 * s2]])
    contrast = np.array([1, -1])
    return math.sqrt(contrast @ covariance @ contrast)


def power():
    comparisons, drops, bounds = [], [], []
    for p1, p2, n, effect, r, alpha in [(0.9, 0.8, 200, 1, 0, 0.05), (0.9, 0.9, 100, 1, 0, 0.05),
                                        (0.6, 0.75, 90, 2.5, 0.4, 0.01), (1, 0.97, 400, 1.3, 0, 0.05)]:
        z = stats.norm(abs(p1 - p2) / (deviation(p1, p2, r) / math.sqrt(n / effect)), 1)
        limit = stats.norm.isf(alpha / 2)
        comparisons.append([p1, p2, n, effect, r, alpha, float(z.sf(limit) + z.cdf(-limit))])
    for p, n, effect, r, alpha, wanted in [(0.9, 200, 1, 0, 0.05, 0.8), (0.97, 500, 2, 0.5, 0.05, 0.9),
                                           (0.5, 60, 1, 0, 0.01, 0.8)]:
        factor = stats.norm.isf(alpha / 2) + stats.norm.ppf(wanted)
        drop = optimize.brentq(lambda d: d * math.sqrt(n / effect) - factor * deviation(p, p - d, r), 1e-9, p,
                               xtol=1e-15)
        drops.append([p, n, effect, r, alpha, wanted, float(drop)])
    for p, b, n, effect, c in [(0.95, 0.9, 200, 1, 0.95), (0.8, 0.9, 80, 1.7, 0.9)]:
        edge = b + math.copysign(stats.norm.isf((1 - c) / 2) * math.sqrt(b * (1 - b) * effect / n), p - b)
        seen = stats.norm(p, math.sqrt(p * (1 - p) * effect / n))
        bounds.append([p, b, n, effect, c, float(seen.sf(edge) if p > b else seen.cdf(edge))])
    return comparisons, drops, bounds


def clustered(rng):
    """One clause: statsmodels' cluster sandwich. Several, each with two seeds or more: centring matrices."""
    cases = []
    for name, clauses, seeds in [("one clause", 1, 9), ("one clause, two seeds", 1, 2), ("five clauses", 5, 4)]:
        y, c, s = [], [], []
        for clause in range(clauses):
            for seed in range(seeds):
                coin = rng.random() < 0.7
                for trial in range(rng.choice([1, 3, 5])):
                    y.append(int(coin if rng.random() < 0.6 else rng.random() < 0.7))
                    c.append(clause), s.append(clause * seeds + seed)
        if clauses == 1:
            y[0], y[-1] = 1, 0
            fit = sm.OLS(np.array(y, float), np.ones(len(y))).fit(
                cov_type="cluster", cov_kwds=dict(groups=np.array(s), use_correction=True))
            # statsmodels' correction is C/(C - 1) · (n - 1)/(n - 1) with a constant alone.
            error = float(fit.bse[0])
        else:
            e = np.array(y, float) - np.mean(y)
            to_cluster = (np.array(s)[None, :] == np.arange(clauses * seeds)[:, None]).astype(float)
            centre = np.kron(np.eye(clauses), np.eye(seeds) - np.ones((seeds, seeds)) / seeds)
            total = to_cluster @ e
            error = math.sqrt(total @ centre @ total * seeds / (seeds - 1)) / len(y)
        freedom = clauses * seeds - clauses
        t = stats.t.ppf(0.975, freedom)
        p = float(np.mean(y))
        low, high = score_roots(p, p * (1 - p) / error**2, t)
        cases.append(dict(name=name, clauseCount=clauses, outcomes=y, clauses=c, clusters=s, estimate=p,
                          standardError=error, low=low, high=high))
    return cases


def bootstrap():
    """All 6^5 resamples of six seeds of one clause."""
    sums, sizes = [3, 1, 4, 0, 2, 5], [4, 2, 5, 3, 2, 6]
    shares = []
    for draw in itertools.product(range(6), repeat=5):
        shares.append(sum(sums[i] for i in draw) / sum(sizes[i] for i in draw))
    shares.sort()
    tail = stats.norm.cdf(-stats.t.ppf(0.975, 5))
    return dict(sums=sums, sizes=sizes, low=float(np.quantile(shares, tail)),
                high=float(np.quantile(shares, 1 - tail)), variance=float(np.var(shares)))


def repeats(rng):
    cases = []
    for count, tries in [(6, 1), (9, 2), (12, 3), (5, 3)]:
        adheres, total, clusters, values = [], [], [], {}
        short = 0
        for i in range(count):
            r = rng.choice([tries - 1, tries, tries + 1, tries + 3]) or 1
            outcomes = [int(rng.random() < 0.8) for _ in range(r)]
            adheres.append(sum(outcomes)), total.append(r), clusters.append(i // 2)
            if r < tries:
                short += 1
                continue
            sets = list(itertools.combinations(outcomes, tries))
            values.setdefault(i // 2, []).append(sum(all(one) for one in sets) / len(sets))
        every = [v for own in values.values() for v in own]
        p = sum(every) / len(every)
        w = np.array([len(own) for own in values.values()], float)
        y = np.array([np.mean(own) for own in values.values()])
        kish, most, k = w.sum() ** 2 / (w @ w), p * (1 - p), len(w)
        worth = kish
        if most > 1e-12:
            between = k / (k - 1) * np.average((y - p) ** 2, weights=w * w)
            worth = kish * most / min(most, (between * (k - 1) + 4 * most) / (k + 3))
        low, high = wilson(p, worth, 0.95)
        cases.append(dict(adheres=adheres, repeats=total, clusters=clusters, tries=tries, tooFewRepeats=short,
                          estimate=p, low=low, high=high))
    return cases


def main():
    rng = random.Random(4_2026)
    functions, quantiles = betas()
    mcnemar, score, families = tests(rng)
    comparisons, drops, bounds = power()
    print(json.dumps(dict(
        madeWith="scripts/oracles/common.py",
        normalProbability=[[z, float(stats.norm.cdf(z))] for z in
                           [-30, -8, -5, -3.1, -3, -2.9, -1.96, -0.5, 0, 1e-9, 0.7, 2.5, 3, 4, 9]],
        beta=functions,
        betaQuantile=quantiles,
        clopperPearson=clopper(),
        newcombe=newcombe(),
        zeroEvents=[[n, c, float(stats.beta.ppf(c, 1, n))] for n in [1, 7.5, 30, 300, 1e5] for c in [0.8, 0.95, 0.99]],
        mcnemar=mcnemar,
        score=score,
        families=families,
        comparisons=comparisons,
        drops=drops,
        bounds=bounds,
        clustered=clustered(rng),
        bootstrap=bootstrap(),
        repeats=repeats(rng),
    ), separators=(",", ":")))


main()
