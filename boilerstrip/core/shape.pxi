# The shape of lines

cdef enum:
    # Bits of a character's classes, as in its twin.
    BLANK, LETTERS, UPPER, NUMERAL, BROAD, STOP, COMMA, QUOTE, SIGN, NEWLINE, CLASSES


cdef inline uint16_t _class_of(const uint16_t[::1] classes, Py_UCS4 character) noexcept:
    return classes[min(<Py_ssize_t>character, classes.shape[0] - 1)]


def shape(
    str text, const Py_ssize_t[::1] starts, const Py_ssize_t[::1] ends,
    const uint16_t[::1] classes,
):
    cdef Py_ssize_t size = len(text), count = starts.shape[0], line, place, chars, first, last, bit
    cdef Py_ssize_t opens, capitals
    cdef Py_ssize_t counts[CLASSES]
    cdef Py_UCS4 *letters = PyUnicode_AsUCS4Copy(text)
    cdef uint16_t own, edge, ending, before
    cdef bint within, stops
    cdef double broad
    cdef float words
    found = np.empty((20, count), np.float32)
    cdef float[:, ::1] rows = found
    try:
        for line in range(count):
            for bit in range(CLASSES):
                counts[bit] = 0
            opens = capitals = 0
            within = starts[line] > 0 and _class_of(classes, letters[starts[line] - 1]) >> LETTERS & 1
            for place in range(starts[line], ends[line]):
                own = _class_of(classes, letters[place])
                if own >> LETTERS & 1:
                    if not within:
                        opens += 1
                        capitals += own >> UPPER & 1
                    within = True
                else:
                    within = False
                if own == 1 << LETTERS:  # most are small letters
                    counts[LETTERS] += 1
                    continue
                for bit in range(CLASSES):
                    counts[bit] += own >> bit & 1
            # The first that shows from the start on, or the last of all; the last before the end.
            first = starts[line]
            while first < size and _class_of(classes, letters[first]) & 1:
                first += 1
            if first == size:
                first = _last_shown(letters, classes, size)
            last = _last_shown(letters, classes, ends[line])
            if last < 0:
                last = _first_shown(letters, classes, size)
            place = _last_shown(letters, classes, last)
            if place < 0:
                place = last
            edge = ending = before = 0
            if last >= 0:
                edge = _class_of(classes, letters[first])
                ending = _class_of(classes, letters[last])
                before = _class_of(classes, letters[place])
            chars = max(ends[line] - starts[line] - counts[BLANK], 1)
            broad = opens
            if counts[BROAD] * 2 > chars:
                broad = max(broad, counts[BROAD] * 0.5)
            words = max(broad, 1)
            stops = ending >> STOP & 1 or (ending >> QUOTE & 1 and before >> STOP & 1)
            rows[0, line] = words
            rows[1, line] = chars
            rows[2, line] = chars / <double>words
            rows[3, line] = counts[UPPER] / <double>chars
            rows[4, line] = capitals / <double>words
            rows[5, line] = counts[NUMERAL] / <double>chars
            rows[6, line] = counts[BROAD] / <double>chars
            rows[7, line] = counts[STOP]
            rows[8, line] = counts[STOP] / <double>words
            rows[9, line] = counts[COMMA]
            rows[10, line] = counts[COMMA] / <double>words
            rows[11, line] = counts[QUOTE] / <double>words
            rows[12, line] = counts[SIGN] / <double>chars
            rows[13, line] = min(counts[NEWLINE], 6)
            rows[14, line] = stops
            rows[15, line] = ending >> COMMA & 1
            rows[16, line] = ending >> LETTERS & 1
            rows[17, line] = edge >> UPPER & 1
            rows[18, line] = edge >> NUMERAL & 1
            rows[19, line] = edge >> LETTERS & 1
    finally:
        PyMem_Free(letters)
    return found


cdef Py_ssize_t _last_shown(const Py_UCS4 *letters, const uint16_t[::1] classes, Py_ssize_t end) noexcept:
    """Where the last character before ``end`` stands that shows; -1 if none does."""
    end -= 1
    while end >= 0 and _class_of(classes, letters[end]) & 1:
        end -= 1
    return end


cdef Py_ssize_t _first_shown(const Py_UCS4 *letters, const uint16_t[::1] classes, Py_ssize_t size) noexcept:
    """Where the first character stands that shows; -1 if none does."""
    cdef Py_ssize_t place = 0
    while place < size and _class_of(classes, letters[place]) & 1:
        place += 1
    return place if place < size else -1
