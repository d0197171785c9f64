# The layout of raw text

def pieces(
    const Py_ssize_t[::1] cuts, const float[::1] words, const float[::1] odds,
):
    cdef Py_ssize_t count = cuts.shape[0], line, first, last, row, number, most_cut, alone = 0
    cdef Py_ssize_t groups = 0
    cdef double whole, weighed, every = 0, every_weighed = 0
    cdef double[:, ::1] held = np.empty((2, count)), total = np.empty((2, count + 1))
    cdef Py_ssize_t[3] widths = [3, 8, 20]
    found = np.empty((34, count), np.float32)
    cdef float[:, ::1] rows = found
    for row, most_cut in ((5, 1), (10, 2)):
        first = 0
        while first < count:
            last, whole, weighed = first, 0, 0
            while last < count and (last == first or cuts[last] >= most_cut):
                whole += words[last]
                weighed += odds[last] * words[last]
                last += 1
            if row == 5:
                groups += 1
                alone += last - first == 1
            for line in range(first, last):
                rows[row, line] = min(last - first, 40)
                rows[row + 1, line] = min(whole, 500)
                rows[row + 2, line] = min(line - first, 40)
                rows[row + 3, line] = min(last - line - 1, 40)
                rows[row + 4, line] = weighed / max(whole, 1)
            first = last
    for line in range(count):
        rows[0, line] = cuts[line]
        rows[1, line] = cuts[line + 1] if line < count - 1 else 0
        rows[2, line] = min(groups, 200)
        rows[3, line] = <double>alone / groups
        rows[4, line] = odds[line]
        held[1, line] = min(words[line], 60)
        held[0, line] = <float>(odds[line] * <float>held[1, line])
        every_weighed += held[0, line]
        every += held[1, line]
    for number in range(6):
        for line in range(count):
            last = line + number - 3 + (number > 2)
            rows[15 + 2 * number, line] = odds[last] if 0 <= last < count else -1
            rows[16 + 2 * number, line] = held[1, last] if 0 <= last < count else -1
    _totals(&held[0, 0], count, &total[0, 0])
    _totals(&held[1, 0], count, &total[1, 0])
    for line in range(count):
        for number in range(3):
            rows[27 + 2 * number, line] = _back(&total[0, 0], line, widths[number]) / max(
                _back(&total[1, 0], line, widths[number]), 1
            )
            rows[28 + 2 * number, line] = _on(&total[0, 0], count, line, widths[number]) / max(
                _on(&total[1, 0], count, line, widths[number]), 1
            )
        rows[33, line] = every_weighed / max(every, 1)
    return found
