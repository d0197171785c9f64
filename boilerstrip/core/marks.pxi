# What is marked

def marked(
    const Py_ssize_t[::1] kinds, const float[::1] words, const float[::1] prose, wanted,
    Py_ssize_t far, Py_ssize_t far_words, Py_ssize_t most,
):
    cdef Py_ssize_t count = kinds.shape[0], line, kind, row = 0, whole, before
    cdef const Py_ssize_t[::1] parts = np.array(wanted, np.intp)
    cdef uint8_t[::1] marks = np.empty(count, np.uint8)
    cdef double of_marked = 0, total = 0
    cdef float flow, last
    rows_of = 3
    for kind in range(parts.shape[0]):
        rows_of += 1 + (parts[kind] & 1) + (parts[kind] & 2) + (parts[kind] >> 2 & 1)
    found = np.empty((rows_of, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        marks[line] = kinds[line] > 0
        total += words[line]
        of_marked += words[line] if marks[line] else 0
    for line in range(count):
        rows[0, line] = of_marked / total
    _nearest(&marks[0], count, far, &rows[1, 0], &rows[2, 0])
    row = 3
    for kind in range(parts.shape[0]):
        whole = before = 0
        flow, last = 0, -1
        for line in range(count):
            marks[line] = kinds[line] == kind + 1
            whole += marks[line]
        for line in range(count):
            rows[row, line] = min(whole, most)
        row += 1
        if parts[kind] & 1:
            for line in range(count):
                before += marks[line]
                rows[row, line] = <double>before / max(whole, 1)
            row += 1
        if parts[kind] & 2:
            _nearest(&marks[0], count, far, &rows[row, 0], &rows[row + 1, 0])
            row += 2
        if parts[kind] & 4:
            for line in range(count):
                flow += prose[line]
                if marks[line]:
                    last = flow
                rows[row, line] = -1 if last < 0 else min(flow - last, far_words)
            row += 1
    return found
