"""Compiled loops over draws and portable functions; compiled once, shared by the tests."""

from functools import cache

import numpy as np

from engagesim.draws import bits, exponential, integer, key_of, mix, normal, uniform
from engagesim.engine.jit import kernel
from engagesim.portable import clip01, exp_, grid, log_


def _draw(seed, names, steps, whos, n, words, reals, integers):
    for a in range(len(names)):
        for b in range(len(steps)):
            key = key_of(seed, names[a], steps[b])
            for c in range(len(whos)):
                words[a, b, c] = bits(key, whos[c])
                reals[0, a, b, c] = uniform(key, whos[c])
                reals[1, a, b, c] = normal(key, whos[c])
                reals[2, a, b, c] = exponential(key, whos[c])
                integers[a, b, c] = integer(key, whos[c], n)


def _keys(seed, names, steps, words):
    for a in range(len(names)):
        for b in range(len(steps)):
            words[a, b] = key_of(seed, names[a], steps[b])


def _mixed(words, results):
    for i in range(len(words)):
        results[i] = mix(words[i])


def _portable(x, results):
    for i in range(len(x)):
        results[0, i] = exp_(x[i])
        results[1, i] = log_(abs(x[i]) + 1e-300)
        results[2, i] = grid(x[i])
        results[3, i] = clip01(x[i])


PYTHON = {"draw": _draw, "keys": _keys, "mixed": _mixed, "portable": _portable}


@cache
def compiled(name):
    return kernel(PYTHON[name])


def draws(seed, names, steps, whos, n=10, make=compiled):
    """Bits, (uniform, normal, exponential) and integers for all names, steps and whos, in that order of axes."""
    shape = (len(names), len(steps), len(whos))
    words, reals = np.zeros(shape, dtype=np.uint64), np.zeros((3, *shape))
    integers = np.zeros(shape, dtype=np.int64)
    places = [list(values) for values in (names, steps, whos)]
    if make is compiled:
        seed, places = np.uint64(seed), [np.array(values, dtype=np.uint64) for values in places]
    make("draw")(seed, *places, n, words, reals, integers)
    return words, reals, integers


def uniforms(seed, names, steps, whos):
    """Uniform draws, float64[names, steps, whos]."""
    return draws(seed, names, steps, whos)[1][0]


def keys(seed, names, steps):
    """Keys, uint64[names, steps]."""
    words = np.zeros((len(names), len(steps)), dtype=np.uint64)
    compiled("keys")(np.uint64(seed), np.array(names, dtype=np.uint64), np.array(steps, dtype=np.uint64), words)
    return words


def mixed(words):
    """`mix` of each of uint64[n]."""
    results = np.zeros_like(words)
    compiled("mixed")(words, results)
    return results


def portable(x, make=compiled):
    """exp_, log_ of the distance from zero, grid and clip01 of float64[n], as rows."""
    results = np.zeros((4, len(x)))
    make("portable")(np.asarray(x, dtype=np.float64), results)
    return results
