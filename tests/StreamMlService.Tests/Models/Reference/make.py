"""Reference values for the model's tests, by other means than the model's own.

    /usr/bin/python3 make.py     (Debian: python3-numpy python3-mpmath)

f-tail.csv: log10 of the F distribution's upper tail, by mpmath's quadrature with 50 digits. The tail is the beta density's integral over (0, x)
with x = d2 / (d2 + d1 F); after t = x exp(-u) the integrand is smooth and of size one, however small the tail is.
scores.csv: observations of a drifting, correlated series with outliers; distance and score by numpy from the whole history at each step:
weights written out, weighted mean and covariance in one go, the linear system solved by LU. No recursion, no Cholesky, no continued fraction.
"""

import csv
import numpy
from mpmath import beta, exp, inf, linspace, log10, mp, mpf, quad

mp.dps = 50


def log10_tail(f, d1, d2):
    a, b = mpf(d2) / 2, mpf(d1) / 2
    x = mpf(d2) / (mpf(d2) + mpf(d1) * mpf(f))
    rest = quad(lambda u: exp(-a * u) * (1 - x * exp(-u)) ** (b - 1), linspace(0, 1, 5) + [4, 16, 64, 256, inf])
    return log10(x**a * rest / beta(a, b))


def f_tail():
    with open("f-tail.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["f", "d1", "d2", "log10_tail"])
        for d1 in (1, 2, 3, 8, 32):
            for d2 in ("1", "2", "5.5", "30", "253.75"):
                for f in ("0.01", "0.5", "1", "3.7", "25", "1000", "1e6", "1e12"):
                    table.writerow([f, d1, d2, mp.nstr(log10_tail(f, d1, mpf(d2)), 17)])


def scores(memory=64, count=400, dimensions=3):
    random = numpy.random.default_rng(20111)
    alpha = 2 / (memory + 1)
    mix = random.normal(size=(dimensions, dimensions)) * [1, 100, 1e-3]
    steps = numpy.arange(count)[:, None]
    data = random.normal(size=(count, dimensions)) @ mix + steps * [0.01, -2, 0] + [5, -1e4, 1e-2]
    data[[120, 250, 333]] += mix.sum(axis=0) * [[6], [-9], [25]]
    with open("scores.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([f"x{i}" for i in range(dimensions)] + ["distance", "score"])
        for n in range(count):
            row = [repr(float(value)) for value in data[n]]
            if n < dimensions + 2:
                table.writerow(row + ["", ""])
                continue
            own = numpy.maximum(1 / numpy.arange(1, n + 1), alpha)
            weights = numpy.array([own[i] * numpy.prod(1 - own[i + 1 : n]) for i in range(n)])
            squares = (weights**2).sum()
            mean = numpy.average(data[:n], axis=0, weights=weights)
            covariance = numpy.cov(data[:n].T, aweights=weights)
            away = data[n] - mean
            squared = away @ numpy.linalg.solve(covariance, away)
            size = 1 / squares
            f = squared * size * (size - dimensions) / ((size + 1) * (size - 1) * dimensions)
            score = -log10_tail(f, dimensions, mpf(size) - dimensions)
            table.writerow(row + [repr(float(squared**0.5)), mp.nstr(score, 17)])


f_tail()
scores()
