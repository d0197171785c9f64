# What stands around

cdef void _nearest(
    const uint8_t *marks, Py_ssize_t count, Py_ssize_t most, float *since, float *until
) noexcept:
    cdef Py_ssize_t line, off = most
    for line in range(count):
        off = 0 if marks[line] else off + (off < most)
        since[line] = off
    off = most
    for line in range(count - 1, -1, -1):
        off = 0 if marks[line] else off + (off < most)
        until[line] = off


cdef void _totals(const double *values, Py_ssize_t count, double *totals) noexcept:
    """Running totals, with the 0 before the first."""
    cdef Py_ssize_t line
    totals[0] = 0
    for line in range(count):
        totals[line + 1] = totals[line] + values[line]


cdef inline double _back(const double *totals, Py_ssize_t line, Py_ssize_t width) noexcept:
    return totals[line] - totals[max(line - width, 0)]


cdef inline double _on(const double *totals, Py_ssize_t count, Py_ssize_t line, Py_ssize_t width) noexcept:
    return totals[min(line + 1 + width, count)] - totals[line + 1]


def windows(const double[:, ::1] rows, widths):
    cdef Py_ssize_t count = rows.shape[1], number, row, line
    cdef Py_ssize_t[::1] width = np.array(widths, np.intp)
    cdef double[::1] total = np.empty(count + 1)
    found = np.empty((len(widths), 2, rows.shape[0], count))
    cdef double[:, :, :, ::1] sums = found
    for row in range(rows.shape[0]):
        _totals(&rows[row, 0], count, &total[0])
        for number in range(width.shape[0]):
            for line in range(count):
                sums[number, 0, row, line] = _back(&total[0], line, width[number])
                sums[number, 1, row, line] = _on(&total[0], count, line, width[number])
    return found


def places(const float[::1] words, const float[::1] prose, Py_ssize_t far):
    cdef Py_ssize_t count = words.shape[0], line
    cdef float before = 0, flow = 0, whole = 0, total = 0
    cdef uint8_t[::1] marks = np.empty(count, np.uint8)
    found = np.empty((12, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        total += words[line]
        whole += prose[line]
        marks[line] = prose[line] > 0
    whole = max(whole, 1)
    for line in range(count):
        before += words[line]
        flow += prose[line]
        rows[0, line] = <double>line / count
        rows[1, line] = count
        rows[2, line] = line
        rows[3, line] = count - line
        rows[4, line] = before / total
        rows[5, line] = flow / whole
        rows[6, line] = flow
        rows[7, line] = whole - flow
        rows[8, line] = whole
        rows[9, line] = whole / total
    _nearest(&marks[0], count, far, &rows[10, 0], &rows[11, 0])
    return found


def known_around(
    const Py_ssize_t[::1] each_line, const Py_ssize_t[::1] each_id, longs, marks, widths
):
    cdef const uint8_t[::1] longer = longs.view(np.uint8), marked = marks.view(np.uint8)
    cdef Py_ssize_t count = marked.shape[0], place, line, number
    cdef Py_ssize_t[::1] width = np.array(widths, np.intp)
    # The first and the last marked line that each word stands on.
    cdef Py_ssize_t[::1] first = np.full(longer.shape[0] + 1, count, np.intp)
    cdef Py_ssize_t[::1] last = np.full(longer.shape[0] + 1, -1, np.intp)
    sums = np.zeros((3, count))
    cdef double[:, ::1] held = sums
    cdef double[:, ::1] total = np.empty((3, count + 1))
    found = np.empty((2 + 2 * len(widths), count), np.float32)
    cdef float[:, ::1] rows = found
    for place in range(each_line.shape[0]):
        if longer[each_id[place]] and marked[each_line[place]]:
            first[each_id[place]] = min(first[each_id[place]], each_line[place])
            last[each_id[place]] = each_line[place]
    for place in range(each_line.shape[0]):
        if longer[each_id[place]]:
            line = each_line[place]
            held[0, line] += first[each_id[place]] < line
            held[1, line] += last[each_id[place]] > line
            held[2, line] += 1
    for number in range(3):
        _totals(&held[number, 0], count, &total[number, 0])
    for line in range(count):
        rows[0, line] = held[0, line] / max(held[2, line], 1)
        rows[1, line] = held[1, line] / max(held[2, line], 1)
        for number in range(width.shape[0]):
            rows[2 + 2 * number, line] = (
                held[0, line] + _on(&total[0, 0], count, line, width[number])
            ) / max(held[2, line] + _on(&total[2, 0], count, line, width[number]), 1)
            rows[3 + 2 * number, line] = (
                held[1, line] + _back(&total[1, 0], line, width[number])
            ) / max(held[2, line] + _back(&total[2, 0], line, width[number]), 1)
    return found


def shifted(const float[:, ::1] rows, steps):
    cdef Py_ssize_t count = rows.shape[1], number, row, line, other
    cdef Py_ssize_t[::1] step = np.array(steps, np.intp)
    found = np.empty((len(steps), rows.shape[0], count), np.float32)
    cdef float[:, :, ::1] moved = found
    for number in range(step.shape[0]):
        for row in range(rows.shape[0]):
            for line in range(count):
                other = line + step[number]
                moved[number, row, line] = rows[row, other] if 0 <= other < count else -1
    return found


def headed(heads, const float[:, ::1] lexical):
    cdef const uint8_t[::1] marks = heads.view(np.uint8)
    cdef Py_ssize_t count = marks.shape[0], line, row, last = -1
    found = np.empty((4, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        for row in range(3):
            rows[row, line] = lexical[row, last] if last >= 0 else 0
        rows[3, line] = min(line - last, 50) if last >= 0 else 50
        if marks[line]:
            last = line
    return found
