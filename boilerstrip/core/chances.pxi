# What surroundings got

def surroundings(const float[::1] chance, const float[::1] words):
    cdef Py_ssize_t count = chance.shape[0], line, number, other
    cdef double[:, ::1] held = np.empty((2, count)), total = np.empty((2, count + 1))
    cdef uint8_t[::1] marks = np.empty(count, np.uint8)
    cdef Py_ssize_t[3] widths = [2, 5, 15]
    cdef double body = 0
    cdef float whole, page, every = 0, before = 0
    found = np.empty((20, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        held[0, line] = <float>(chance[line] * words[line])
        held[1, line] = words[line]
        marks[line] = chance[line] >= 0.5
        body += held[0, line]
        every += words[line]
    body = max(body, 1)
    whole, page = body, body / every
    for line in range(count):
        before += <float>held[0, line]
        rows[0, line] = chance[line]
        rows[1, line] = (before - <float>held[0, line]) / whole
        rows[3, line] = whole - (before - <float>held[0, line]) - <float>held[0, line]
        rows[2, line] = rows[3, line] / whole
        rows[6, line] = whole
        rows[7, line] = page
    _nearest(&marks[0], count, 20, &rows[4, 0], &rows[5, 0])
    for number in range(6):
        for line in range(count):
            other = line + number - 3 + (number > 2)
            rows[8 + number, line] = chance[other] if 0 <= other < count else -1
    _totals(&held[0, 0], count, &total[0, 0])
    _totals(&held[1, 0], count, &total[1, 0])
    for number in range(3):
        for line in range(count):
            rows[14 + 2 * number, line] = _back(&total[0, 0], line, widths[number]) / max(
                _back(&total[1, 0], line, widths[number]), 1
            )
            rows[15 + 2 * number, line] = _on(&total[0, 0], count, line, widths[number]) / max(
                _on(&total[1, 0], count, line, widths[number]), 1
            )
    return found


def stretches(const float[::1] chance, const float[::1] words, float low, float sure):
    cdef Py_ssize_t count = chance.shape[0], line, number, last, groups = 0, most = 0
    cdef bint breaks, broke = False
    cdef Py_ssize_t[::1] stretch = np.empty(count, np.intp)
    cdef double[:, ::1] sums = np.zeros((3, count))
    cdef uint8_t[::1] marks = np.empty(count, np.uint8)
    cdef double body = 0, before = 0
    cdef double whole
    cdef float surely = 0, all_sure = 0
    found = np.empty((8, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        breaks = chance[line] < low and (
            line == 0 or line == count - 1 or chance[line - 1] < low or chance[line + 1] < low
        )
        groups += line > 0 and breaks != broke
        broke = breaks
        stretch[line] = groups
        sums[0, groups] += <float>(chance[line] * words[line])
        sums[1, groups] += words[line]
        body += <float>(chance[line] * words[line])
        marks[line] = chance[line] >= sure
        all_sure += words[line] if marks[line] else 0
    for number in range(groups + 1):
        before += sums[0, number]
        sums[2, number] = before - sums[0, number]
        if sums[0, number] > sums[0, most]:
            most = number
    whole = max(body, 1)
    for line in range(count):
        number = stretch[line]
        surely += words[line] if marks[line] else 0
        rows[0, line] = sums[0, number] / whole
        rows[1, line] = max(min(number - most, 20), -20)
        rows[2, line] = sums[1, number]
        rows[3, line] = sums[0, number] / sums[1, number]
        rows[4, line] = sums[2, number] / whole
        rows[7, line] = surely / max(all_sure, 1)
    _nearest(&marks[0], count, 100, &rows[5, 0], &rows[6, 0])
    return found
