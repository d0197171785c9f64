# Forests

def votes(
    table, const int[:, :] features, const float[:, :] borders, const float[:, :] leaves,
    float bias,
):
    cdef const float[:, ::1] values = np.ascontiguousarray(table)
    cdef Py_ssize_t count = values.shape[1], trees = leaves.shape[0], levels = features.shape[0]
    cdef Py_ssize_t column, tree, level
    found = np.full(count, bias, np.float32)
    cdef float[::1] sums = found
    cdef uint8_t[::1] leaf = np.empty(count, np.uint8)
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
