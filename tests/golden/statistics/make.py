"""Makes expected.json: SciPy and exact fractions as the independent programs. Run: python3 make.py > expected.json"""
import json
import random
from fractions import Fraction
from math import comb

import numpy as np
import scipy
from scipy import optimize, stats

random.seed(7)


def exact_tail(k, n, p):
    p = Fraction(p).limit_denominator(10**6)
    return float(sum(comb(n, t) * p**t * (1 - p) ** (n - t) for t in range(k, n + 1)))


binomial = []
for k, n, p in [(0, 5, 0.3), (5, 5, 0.3), (49, 54, 0.62963), (28, 30, 0.571429), (12, 14, 0.25), (14, 17, 0.5),
                (90, 100, 0.5), (160, 400, 0.25), (1, 1, 0.001), (300, 300, 0.9), (41, 40, 0.5), (3, 2000, 0.01)]:
    binomial.append({"k": k, "n": n, "p": p, "tail": exact_tail(k, n, p)})

beta_binomial = []
for k, n, mean, rho in [(12, 14, 0.25, 0.1), (14, 17, 0.5, 0.1), (3, 40, 0.25, 0.05), (30, 60, 0.3, 0.02),
                        (1, 10, 0.1, 0.6), (10, 10, 0.1, 0.6), (700, 1000, 0.5, 0.01), (200, 1000, 0.5, 0.01)]:
    a, b = mean * (1 - rho) / rho, (1 - mean) * (1 - rho) / rho
    ks = np.arange(k, n + 1)
    beta_binomial.append({"k": k, "n": n, "mean": mean, "rho": rho, "tail": float(stats.betabinom.pmf(ks, n, a, b).sum())})

poisson_binomial = []
for parts, observed in [([(6, 0.5), (9, 0.55), (7, 0.6)], 19), ([(30, 0.4), (55, 0.61), (12, 0.52), (80, 0.47)], 120), ([(1, 0.152), (1, 0.126), (1, 0.422), (1, 0.745)], 2)]:
    pmf = np.array([1.0])
    for n, p in parts:
        pmf = np.convolve(pmf, stats.binom.pmf(np.arange(n + 1), n, p))
    poisson_binomial.append({"parts": [{"n": n, "p": p} for n, p in parts], "observed": observed, "tail": float(pmf[observed:].sum())})

discovery = []
for size in (1, 5, 40):
    p = [round(random.random() ** 3, 6) for _ in range(size)]
    discovery.append({
        "p": p,
        "bh": stats.false_discovery_control(p, method="bh").tolist(),
        "by": stats.false_discovery_control(p, method="by").tolist(),
    })

spearman = []
for n in (3, 12, 60):
    x = [random.randint(2, 5) for _ in range(n)]
    y = [random.randint(0, 20) for _ in range(n)]
    r = stats.spearmanr(x, y).statistic
    spearman.append({"x": x, "y": y, "r": None if np.isnan(r) else float(r)})

quantile = []
for n in (1, 2, 9):
    values = [random.randint(0, 50) / 4 for _ in range(n)]
    quantile.append({"values": values, "at": [[p, float(np.quantile(values, p))] for p in (0, 0.1, 0.25, 0.5, 0.9, 1)]})

wilson = []
for x, n, confidence in [(0, 8, 0.95), (3, 10, 0.95), (15, 50, 0.95), (8, 8, 0.9), (120, 400, 0.99)]:
    ci = stats.binomtest(x, n).proportion_ci(confidence, method="wilson")
    wilson.append({"x": x, "n": n, "confidence": confidence, "lo": ci.low, "hi": ci.high})

posterior = [{"alpha": a, "beta": b, "x": x, "n": n, "threshold": t, "p": float(stats.beta.sf(t, a + x, b + n - x))}
             for a, b, x, n, t in [(2.4, 13.6, 2, 5, .3), (2.4, 13.6, 3, 10, .3), (2.4, 13.6, 8, 20, .3), (2.4, 13.6, 20, 50, .3), (2.4, 13.6, 60, 200, .3), (.5, .5, 0, 0, .5)]]

alpha = []
for people, items in ((5, 4), (40, 9)):
    base = np.random.default_rng(people).integers(0, 4, size=(people, 1))
    rows = np.clip(base + np.random.default_rng(items).integers(-1, 2, size=(people, items)), 0, 4)
    cov = np.cov(rows, rowvar=False)
    alpha.append({"rows": rows.tolist(), "alpha": float(items / (items - 1) * (1 - np.trace(cov) / cov.sum()))})

tilt = []
for size, c, w, shift in ((11, 4, 2, 0.2), (21, 10, 1, -0.15), (39, 14, 2, 0.6), (46, 29, 2, -1.1)):
    k = np.arange(size)
    pmf = stats.binom.pmf(k, size - 1, 0.55)
    school = stats.multinomial.rvs(60, pmf * np.exp(shift * k) / (pmf * np.exp(shift * k)).sum(), random_state=size)
    out = (k < c - w) | (k >= c + w)
    mean = (k * school)[out].sum() / school[out].sum()

    def gap(theta):
        weights = pmf[out] * np.exp(theta * (k[out] - mean))
        return (weights * (k[out] - mean)).sum() / weights.sum()

    theta = float(optimize.brentq(gap, -8, 8, xtol=1e-14))
    tilted = pmf * np.exp(theta * (k - mean))
    tilt.append({"pmf": pmf.tolist(), "counts": school.tolist(), "c": c, "w": w, "theta": theta, "tilted": (tilted / tilted.sum()).tolist()})

between = []
for size in (3, 8):
    rng = np.random.default_rng(size)
    n = rng.integers(5, 90, size=size)
    mean = rng.normal(12, 2, size=size)
    sigma2 = 20.25
    weight = np.diag(n / sigma2)
    one = np.ones((size, 1))
    # Residual-forming matrix of the weighted mean: E Q = (K-1) + tau2 * trace(P).
    projection = weight - weight @ one @ np.linalg.inv(one.T @ weight @ one) @ one.T @ weight
    q = float(mean @ projection @ mean)
    between.append({"n": n.tolist(), "mean": mean.tolist(), "within": sigma2, "q": q, "tau2": max(0.0, (q - (size - 1)) / float(np.trace(projection)))})

print(json.dumps({
    "origin": f"SciPy {scipy.__version__}, NumPy {np.__version__}; binomial tails by exact fractions",
    "binomial": binomial, "beta_binomial": beta_binomial, "poisson_binomial": poisson_binomial,
    "discovery": discovery, "spearman": spearman, "quantile": quantile, "wilson": wilson, "posterior": posterior,
    "alpha": alpha, "tilt": tilt, "between": between,
}, indent="\t"))
