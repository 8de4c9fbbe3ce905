"""Oracle values for src/stats/fisher-exact.ts, made with scipy (Debian: python3-scipy) and written as JSON.

    /usr/bin/python3 scripts/oracles/fisher.py > test/oracles/fisher.json
    npx biome format --write test/oracles/fisher.json

Rows are hits, trials, other hits, other trials, and the chance of at least as many hits in the first.
"""

import json
import random

from scipy import stats

random.seed(11)
rows = [(0, 5, 0, 5), (5, 5, 0, 5), (0, 5, 5, 5), (5, 5, 5, 5), (3, 4, 1, 4), (9, 21, 12, 310), (2, 2, 20, 400)]
for size in (10, 100, 1000, 50_000):
    for _ in range(8):
        trials, others = random.randint(1, size), random.randint(1, size)
        share = random.random() * 0.6
        rows.append((sum(random.random() < share for _ in range(trials)), trials,
                     sum(random.random() < share for _ in range(others)), others))
print(json.dumps([[h, t, g, u, float(stats.hypergeom.sf(h - 1, t + u, h + g, t))] for h, t, g, u in rows]))
