"""Writes reference.json: results of numpy, scipy and statsmodels on seeded data.

    pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0
    python reference.py > reference.json
"""
import json
import sys

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests


def paired(a, b, clusters):
    d = b - a
    n, groups = len(d), len(set(clusters))
    ols = sm.OLS(d, np.ones(n))
    clustered = ols.fit(cov_type="cluster", cov_kwds={"groups": np.unique(clusters, return_inverse=True)[1]})
    delta, se = float(clustered.params[0]), float(clustered.bse[0])
    reach = stats.t.ppf(0.975, groups - 1) * se
    sums = {}
    for c, x in zip(clusters, d):
        sums[c] = sums.get(c, 0.0) + x
    s = np.array(list(sums.values()))
    rng = np.random.default_rng(1)
    flips = rng.integers(0, 2, size=(200_000, len(s))) * 2 - 1
    reached = int((np.abs(flips @ s) >= abs(s.sum()) - 1e-9).sum())
    up, down = int((d > 0).sum()), int((d < 0).sum())
    return {
        "a": a.tolist(), "b": b.tolist(), "clusters": [str(c) for c in clusters],
        "delta": delta,
        "naive_error": float(d.std(ddof=1) / np.sqrt(n)),
        "clustered_error": se,
        "low": delta - reach, "high": delta + reach,
        "lower_bound": delta - stats.t.ppf(0.95, groups - 1) * se,
        "better": up, "worse": down,
        "sign_flip": (1 + reached) / 200_001,
        "mcnemar": float(mcnemar([[0, up], [down, 0]], exact=True).pvalue) if up + down else 1.0,
    }


def cases():
    rng = np.random.default_rng(0)
    for images, most, fractional in [(60, 1, False), (40, 9, False), (25, 5, True), (2, 3, False), (30, 4, False)]:
        a, b, clusters = [], [], []
        for image in range(images):
            effect = rng.normal(0, 1)
            for _ in range(int(rng.integers(1, most + 1))):
                base = effect + rng.normal()
                x, y = base, base + rng.normal(0.25, 0.8)
                a.append(round(float(stats.norm.cdf(x)), 3) if fractional else float(x > 0))
                b.append(round(float(stats.norm.cdf(y)), 3) if fractional else float(y > 0))
                clusters.append(image)
        yield paired(np.array(a), np.array(b), clusters)


def main():
    p = [0.001, 0.04, 0.03, 0.2, 0.04, 0.9, 0.012]
    z = stats.norm.ppf
    json.dump({
        "paired": list(cases()),
        "p": p,
        "holm": multipletests(p, method="holm")[1].tolist(),
        "benjamini_hochberg": multipletests(p, method="fdr_bh")[1].tolist(),
        "detectable": float((z(0.975) + z(0.8)) * np.sqrt(0.1 * 1.4 / 2000)),
        "margin": float((z(0.95) + z(0.8)) * np.sqrt(0.1 * 1.4 / 2000)),
        "questions_for_one_point": float(np.ceil((z(0.95) + z(0.8)) ** 2 * 0.1 / 0.01**2)),
    }, sys.stdout)
    print()


main()
