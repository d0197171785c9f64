# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# cython: initializedcheck=False
"""The compiled core: the same as ``slow.py``, function by function."""

import numpy as np


def votes(
    table, const int[:, :] features, const float[:, :] borders,
    const float[:, :] leaves, float bias,
):
    cdef const float[:, ::1] values = np.ascontiguousarray(table)
    cdef Py_ssize_t count = values.shape[1], trees = leaves.shape[0], levels = features.shape[0]
    cdef Py_ssize_t column, tree, level
    found = np.full(count, bias, np.float32)
    answers = np.empty(count, np.uint8)
    cdef float[::1] sums = found
    cdef unsigned char[::1] leaf = answers
    cdef const float *row
    cdef float border
    cdef int bit
    for tree in range(trees):
        leaf[:] = 0
        for level in range(levels):
            row, border, bit = &values[features[level, tree], 0], borders[level, tree], 1 << level
            for column in range(count):
                leaf[column] |= bit if row[column] > border else 0
        for column in range(count):
            sums[column] += leaves[tree, leaf[column]]
    return found
