"""Oracle values for src/stats/judge-error, made with scipy (Debian: python3-scipy) and written as JSON.

    /usr/bin/python3 scripts/oracles/judge-error.py > test/oracles/judge-error.json
    npx biome format --write test/oracles/judge-error.json

Another way than the code's: nuisance shares are profiled by direct minimisation over them (no multiplier), the
cutoff of Feldman and Cousins by root finding on the normal distribution, the ends by Brent's method. Only cases
with counts large enough for the normal cutoff; replicated cutoffs are tested by coverage.
"""

import json
import math

from scipy import optimize, stats

EPS = 1e-13


def loglik(hits, trials, p):
    out = 0.0
    if hits > 0:
        out += hits * math.log(p)
    if trials - hits > 0:
        out += (trials - hits) * math.log1p(-p)
    return out


def saturated(hits, trials):
    return sum(loglik(h, n, h / n) for h, n in zip(hits, trials))


def inner_min(f, low, high):
    r = optimize.minimize_scalar(f, bounds=(low, high), method="bounded", options=dict(xatol=1e-13, maxiter=2000))
    return r.fun


def dev_errors(hits, trials, t):
    """p = t q + (1 - t) f, minimised over (q, f)."""
    top = saturated(hits, trials)

    def over_f(q):
        def cost(f):
            p = min(1 - EPS, max(EPS, t * q + (1 - t) * f))
            return -(loglik(hits[0], trials[0], p) + loglik(hits[1], trials[1], q) + loglik(hits[2], trials[2], f))
        return inner_min(cost, EPS, 1 - EPS)

    return max(0.0, 2 * (top + inner_min(over_f, EPS, 1 - EPS)))


def dev_double(hits, trials, t):
    """t = p a + (1 - p) b, minimised over (p, a), b from the constraint."""
    top = saturated(hits, trials)

    def over_a(p):
        low = max(EPS, (t - (1 - p)) / p + EPS)
        high = min(1 - EPS, t / p - EPS)

        def cost(a):
            b = min(1 - EPS, max(EPS, (t - p * a) / (1 - p)))
            return -(loglik(hits[0], trials[0], p) + loglik(hits[1], trials[1], a) + loglik(hits[2], trials[2], b))
        return inner_min(cost, low, high)

    # A bracket about the share seen: the profile is concave in it.
    seen = hits[0] / trials[0]
    reach = 8 * math.sqrt(seen * (1 - seen) / trials[0])
    return max(0.0, 2 * (top + inner_min(over_a, max(EPS, seen - reach), min(1 - EPS, seen + reach))))


def interval(dev, estimate, unbounded, confidence):
    def root(t):
        return math.copysign(math.sqrt(dev(t)), unbounded - t)

    at0, at1 = root(EPS), root(1 - EPS)
    least = at0**2 if unbounded < 0 else at1**2 if unbounded > 1 else 0.0

    def cut(t):
        below, above = abs(at0 - root(t)), abs(at1 - root(t))

        def reach(c, d):
            if math.sqrt(c) <= d:
                return math.sqrt(c)
            return (c + d * d) / (2 * d) if d > 0 else math.inf

        def g(c):
            return stats.norm.sf(reach(c, below)) + stats.norm.sf(reach(c, above)) - (1 - confidence)
        top = stats.chi2.ppf(confidence, 1)
        return top if g(top) >= 0 else optimize.brentq(g, 1e-9, top, xtol=1e-14)

    def g(t):
        return math.sqrt(max(0.0, dev(t) - least)) - math.sqrt(cut(t))

    low = 0.0 if estimate == 0 or g(EPS) <= 0 else optimize.brentq(g, EPS, estimate, xtol=1e-14)
    high = 1.0 if estimate == 1 or g(1 - EPS) <= 0 else optimize.brentq(g, estimate, 1 - EPS, xtol=1e-14)
    return low, high


def main():
    errors = []
    for (x, n), (h1, m1), (h0, m0), confidence in [
        ((120, 400), (180, 250), (190, 250), 0.95),
        ((62.5, 212.75), (70, 100), (75, 100), 0.95),
        ((130, 500), (80, 120), (180, 250), 0.95),
        ((150, 500), (80, 120), (180, 250), 0.9),
        ((300, 420), (80.25, 110.5), (60.75, 90.5), 0.99),
        ((120, 400), (70, 100), (140, 200), 0.95),
    ]:
        q, f = h1 / m1, 1 - h0 / m0
        t = (x / n - f) / (q - f)
        estimate = min(1, max(0, t))
        hits, trials = (x, h1, m0 - h0), (n, m1, m0)
        low, high = interval(lambda r: dev_errors(hits, trials, r), estimate, t, confidence)
        errors.append(dict(
            observed=dict(adheres=n - x, trials=n, effective=n),
            errors=dict(sensitivity=dict(hits=h1, trials=m1), specificity=dict(hits=h0, trials=m0)),
            confidence=confidence, estimate=1 - estimate, low=1 - high, high=1 - low,
            deviances=[[r, dev_errors(hits, trials, r)] for r in (0.05, 0.3, 0.8)],
        ))
    double = []
    for hits, trials in [((300, 90, 15), (1000, 120, 80)), ((150.5, 30.25, 14), (640.25, 60, 55.5)), ((20, 3, 0), (400, 10, 40))]:
        double.append(dict(hits=hits, trials=trials,
                           deviances=[[r, dev_double(hits, trials, r)] for r in (0.05, 0.2, 0.4)]))
    print(json.dumps(dict(madeWith="scripts/oracles/judge-error.py", throughErrors=errors, doubleSampling=double)))


main()
