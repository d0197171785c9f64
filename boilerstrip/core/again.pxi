# What lines say again

cdef Py_ssize_t _slot_of(
    Py_ssize_t first, Py_ssize_t last, const Py_ssize_t[:, ::1] pairs, Py_ssize_t mask
) noexcept:
    """Where a pair of words is counted, or would be."""
    cdef Py_ssize_t slot = (first * 31 + last * 1000003) & mask
    while pairs[slot, 2] and (pairs[slot, 0] != first or pairs[slot, 1] != last):
        slot = (slot + 1) & mask
    return slot


def alike(
    const Py_ssize_t[::1] ids, const Py_ssize_t[::1] sizes, digits, Py_ssize_t most_words,
    Py_ssize_t most,
):
    cdef const uint8_t[::1] numerals = digits.view(np.uint8)
    cdef Py_ssize_t count = sizes.shape[0], size = numerals.shape[0], mask = 15, line, start = 0, slot
    while mask < 2 * count:
        mask = 2 * mask + 1
    cdef Py_ssize_t[:, ::1] edges = np.empty((2, count), np.intp)
    cdef Py_ssize_t[:, ::1] counts = np.zeros((2, size + 2), np.intp)
    cdef Py_ssize_t[:, ::1] pairs = np.zeros((mask + 1, 3), np.intp)
    found = np.zeros((3, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        edges[0, line] = edges[1, line] = size + 1
        if sizes[line]:
            edges[0, line], edges[1, line] = ids[start], ids[start + sizes[line] - 1]
            if numerals[edges[0, line]]:
                edges[0, line] = size
            if numerals[edges[1, line]]:
                edges[1, line] = size
        start += sizes[line]
        if 0 < sizes[line] <= most_words:
            counts[0, edges[0, line]] += 1
            counts[1, edges[1, line]] += 1
        slot = _slot_of(edges[0, line], edges[1, line], pairs, mask)
        pairs[slot, 0], pairs[slot, 1] = edges[0, line], edges[1, line]
        pairs[slot, 2] += 1
    for line in range(count):
        if 0 < sizes[line] <= most_words:
            rows[0, line] = min(counts[0, edges[0, line]], most)
            rows[1, line] = min(counts[1, edges[1, line]], most)
        slot = _slot_of(edges[0, line], edges[1, line], pairs, mask)
        rows[2, line] = min(pairs[slot, 2], most)
    return found


def echoes(
    const Py_ssize_t[::1] each_line, const Py_ssize_t[::1] each_id, longs, const float[::1] words,
    prose, double least, Py_ssize_t most, Py_ssize_t far, Py_ssize_t far_prose, Py_ssize_t width,
):
    cdef const uint8_t[::1] longer = longs.view(np.uint8), flowing = prose.view(np.uint8)
    cdef Py_ssize_t count = words.shape[0], place, line, openings = 0, times = 0
    cdef uint8_t[::1] opening = np.zeros(longer.shape[0] + 1, np.uint8)
    cdef uint8_t[::1] marks = np.zeros(count, np.uint8)
    cdef Py_ssize_t[::1] last = np.full(longer.shape[0] + 1, -1, np.intp)
    cdef Py_ssize_t[::1] kinds = np.zeros(count + 1, np.intp), both = np.zeros(count + 1, np.intp)
    cdef Py_ssize_t[::1] own = np.zeros(count, np.intp), shared = np.zeros(count, np.intp)
    cdef double[:, ::1] held = np.empty((2, count)), total = np.empty((2, count + 1))
    found = np.empty((8, count), np.float32)
    cdef float[:, ::1] rows = found
    for place in range(each_line.shape[0]):
        line = each_line[place]
        kinds[line] += 1
        if line and last[each_id[place]] == line - 1:
            both[line - 1] += 1
        last[each_id[place]] = line
        if longer[each_id[place]]:
            if line == 0:
                opening[each_id[place]] = True
                openings += 1
            own[line] += 1
            shared[line] += opening[each_id[place]]
    for line in range(count):
        held[0, line] = <double>shared[line] / max(own[line], 1) * words[line]
        held[1, line] = words[line]
        marks[line] = line > 0 and <double>shared[line] / max(openings, 1) >= least
        times += marks[line]
    _totals(&held[0, 0], count, &total[0, 0])
    _totals(&held[1, 0], count, &total[1, 0])
    _nearest(&marks[0], count, far, &rows[0, 0], &rows[1, 0])
    for line in range(count):
        rows[2, line] = min(times, most)
        rows[3, line] = (
            _back(&total[0, 0], line, width) + _on(&total[0, 0], count, line, width) + held[0, line]
        ) / max(
            _back(&total[1, 0], line, width) + _on(&total[1, 0], count, line, width) + held[1, line],
            1,
        )
        rows[4, line] = (
            <double>both[line] / max(min(kinds[line], kinds[line + 1]), 1)
            if line < count - 1 else 0
        )
        rows[5, line] = rows[4, line - 1] if line else 0
    _nearest(&flowing[0], count, far_prose, &rows[6, 0], &rows[7, 0])
    return found
