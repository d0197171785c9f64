# Words

cdef int _compare(const void *one, const void *other) noexcept nogil:
    cdef Py_ssize_t a = (<Py_ssize_t *>one)[0], b = (<Py_ssize_t *>other)[0]
    return (a > b) - (a < b)


def words(str text):
    cdef Py_ssize_t size = len(text), most = 0, lines = 1, place, number
    cdef Py_UCS4 *letters = PyUnicode_AsUCS4Copy(text)
    cdef _Words read
    cdef bint within = False
    try:
        for place in range(size):
            lines += letters[place] == 0
            if not kind_of(letters[place]) & WORD:
                within = False
            elif not within:
                within = True
                most += 1
        read = _words(letters, size, most, lines)
        _number_words(read)
        digits = np.empty(read.known, np.bool_)
        vocabulary = _vocabulary(text, letters, read.bounds, digits.view(np.uint8))
    finally:
        PyMem_Free(letters)
    lengths = np.empty(read.known, np.intp)
    each_line = np.empty(read.once, np.intp)
    cdef Py_ssize_t[::1] sizes = lengths, line_of = each_line
    for number in range(read.known):
        sizes[number] = read.bounds[2 * number + 1] - read.bounds[2 * number]
    place = 0
    for number in range(lines):
        for size in range(read.kinds[number]):
            line_of[place] = number
            place += 1
    return (
        vocabulary, _array(read.ids, read.count), _array(read.sizes, lines), each_line,
        _array(read.each, read.once), lengths, digits,
    )


cdef object _array(const Py_ssize_t *values, Py_ssize_t count):
    found = np.empty(count, np.intp)
    cdef Py_ssize_t[::1] copied = found
    if count:
        memcpy(&copied[0], values, count * sizeof(Py_ssize_t))
    return found


cdef class _Words:
    """The words of a text as they are numbered, each when it is first met."""

    cdef const Py_UCS4 *letters
    cdef Py_ssize_t size, mask
    cdef Py_ssize_t *ids  # of all words
    cdef Py_ssize_t *each  # of each line's different words, sorted
    cdef Py_ssize_t *last  # the line on which each known word was last met
    cdef Py_ssize_t *bounds  # of each known word: its start and its end
    cdef Py_ssize_t *sizes  # how many words each line has
    cdef Py_ssize_t *kinds  # how many different ones
    cdef uint32_t *hashes  # of each known word
    cdef uint32_t *slots  # the numbers of known words by their hashes, plus one; 0: none
    cdef Py_ssize_t count, once, known

    cdef void _point(self, Py_ssize_t most, Py_ssize_t lines) noexcept:
        self.each = self.ids + most
        self.last = self.each + most
        self.bounds = self.last + most
        self.sizes = self.bounds + 2 * most
        self.kinds = self.sizes + lines
        self.hashes = <uint32_t *>(self.kinds + lines)
        self.slots = self.hashes + most

    def __dealloc__(self):
        PyMem_Free(self.ids)


cdef _Words _words(const Py_UCS4 *letters, Py_ssize_t size, Py_ssize_t most, Py_ssize_t lines):
    """Room for the words of a text, of which there are no more than ``most``."""
    cdef _Words room = _Words()
    cdef Py_ssize_t mask = 63
    while mask < 2 * most:
        mask = 2 * mask + 1
    room.letters, room.size, room.mask = letters, size, mask
    room.ids = <Py_ssize_t *>PyMem_Malloc(
        (5 * most + 2 * lines) * sizeof(Py_ssize_t) + (most + mask + 1) * sizeof(uint32_t)
    )
    if room.ids == NULL:
        raise MemoryError
    room._point(most, lines)
    memset(room.slots, 0, (mask + 1) * sizeof(uint32_t))
    return room


cdef void _number_words(_Words room) noexcept:
    """Number the words of a text, and say where each stood first."""
    cdef Py_ssize_t place = 0, start, number, slot, line = 0, first = 0, first_once = 0
    cdef const Py_UCS4 *letters = room.letters
    cdef uint32_t value
    while True:
        if place == room.size or letters[place] == 0:
            room.sizes[line], room.kinds[line] = room.count - first, room.once - first_once
            if room.once - first_once > 1:
                qsort(
                    room.each + first_once, room.once - first_once, sizeof(Py_ssize_t), _compare
                )
            if place == room.size:
                return
            first, first_once = room.count, room.once
            line += 1
            place += 1
            continue
        if not kind_of(letters[place]) & WORD:
            place += 1
            continue
        start, value = place, 2166136261
        while place < room.size and kind_of(letters[place]) & WORD:
            value = (value ^ <uint32_t>letters[place]) * 16777619
            place += 1
        slot = (value ^ (value >> 15)) & room.mask
        while True:
            if not room.slots[slot]:
                number = room.known
                room.known += 1
                room.slots[slot], room.hashes[number] = room.known, value
                room.bounds[2 * number], room.bounds[2 * number + 1] = start, place
                room.last[number] = -1
                break
            number = room.slots[slot] - 1
            if (
                room.hashes[number] == value
                and room.bounds[2 * number + 1] - room.bounds[2 * number] == place - start
                and memcmp(
                    letters + room.bounds[2 * number], letters + start,
                    (place - start) * sizeof(Py_UCS4),
                ) == 0
            ):
                break
            slot = (slot + 1) & room.mask
        room.ids[room.count] = number
        room.count += 1
        if room.last[number] != line:
            room.last[number] = line
            room.each[room.once] = number
            room.once += 1


cdef list _vocabulary(
    str text, const Py_UCS4 *letters, const Py_ssize_t *bounds, uint8_t[::1] digits
):
    """The words, and of each whether it is a numeral."""
    cdef Py_ssize_t number, place
    cdef list found = []
    for number in range(digits.shape[0]):
        found.append(text[bounds[2 * number] : bounds[2 * number + 1]])
        digits[number] = True
        for place in range(bounds[2 * number], bounds[2 * number + 1]):
            if not kind_of(letters[place]) & DIGIT:
                digits[number] = False
                break
    return found


cdef double _line_weight(
    list vocabulary, const Py_ssize_t *ids, Py_ssize_t size, dict table, Py_ssize_t whole
) except? -1e300:
    """The weight of the most telling key that the table knows of a line."""
    cdef Py_ssize_t place
    if not size:
        return 0
    cdef str first = vocabulary[ids[0]], key
    cdef str beginning = f"^{first} {vocabulary[ids[1]]}" if size > 1 else f"^{first}"
    if size > whole:
        return table.get(beginning, 0.0)
    cdef list shown = [vocabulary[ids[place]] for place in range(size)]
    shown = ["0" if (<str>word).isdigit() else word for word in shown]
    for key in ("=" + " ".join(shown), beginning, f"${shown[size - 1]}"):
        found = table.get(key)
        if found is not None:
            return found
    return 0


def lexical(
    list vocabulary, const Py_ssize_t[::1] ids, const Py_ssize_t[::1] sizes, dict numbers,
    const double[:, ::1] weights, dict shorts, dict longs, Py_ssize_t most_short, Py_ssize_t whole,
):
    cdef Py_ssize_t count = sizes.shape[0], line, word, start = 0, known, row
    cdef double own, weight, total, low, high
    cdef Py_ssize_t[::1] number = np.empty(len(vocabulary) + 1, np.intp)
    found = np.empty((4, count), np.float32)
    cdef float[:, ::1] rows = found
    for word, each in enumerate(vocabulary):
        place = numbers.get(each)
        number[word] = 0 if place is None else place
    for line in range(count):
        row = sizes[line] <= most_short
        own = _line_weight(
            vocabulary, &ids[0] + start, sizes[line], shorts if row else longs, whole
        )
        total, known, low, high = 0, 0, 0, 0
        for word in range(start, start + sizes[line]):
            weight = weights[row, number[ids[word]]]
            if weight == weight:
                low = weight if not known or weight < low else low
                high = weight if not known or weight > high else high
                total += weight
                known += 1
        start += sizes[line]
        rows[0, line] = total / known if known else own
        rows[1, line] = low if known else min(own, 0)
        rows[2, line] = high if known else max(own, 0)
        rows[3, line] = own
    return found


def familiar(
    const Py_ssize_t[::1] ids, const Py_ssize_t[::1] sizes, const Py_ssize_t[::1] each_line,
    const Py_ssize_t[::1] each_id, longs, prose,
):
    cdef const uint8_t[::1] longer = longs.view(np.uint8), flowing = prose.view(np.uint8)
    cdef Py_ssize_t count = sizes.shape[0], line, word, start = 0, flows = 0, place, many, on, common
    cdef Py_ssize_t openings = 0, kinds, hits
    cdef Py_ssize_t[::1] spread = np.zeros(longer.shape[0] + 1, np.intp)
    cdef uint8_t[::1] opening = np.zeros(longer.shape[0] + 1, np.uint8)
    cdef double least
    found = np.empty((3, count), np.float32)
    cdef float[:, ::1] rows = found
    for line in range(count):
        flows += flowing[line]
    least = max(3.0, 0.3 * flows)
    for place in range(each_line.shape[0]):
        spread[each_id[place]] += flowing[each_line[place]]
        if each_line[place] == 0:
            opening[each_id[place]] = True
            openings += 1
    place = 0
    for line in range(count):
        many = on = common = kinds = hits = 0
        for word in range(start, start + sizes[line]):
            if longer[ids[word]]:
                many += 1
                on += spread[ids[word]] > flowing[line]
            common += spread[ids[word]] >= least
        start += sizes[line]
        while place < each_line.shape[0] and each_line[place] == line:
            hits += opening[each_id[place]]
            kinds += 1
            place += 1
        rows[0, line] = <double>on / max(many, 1)
        rows[1, line] = <double>common / max(sizes[line], 1)
        rows[2, line] = <double>(hits * hits) / (max(kinds, 1) * max(openings, 1))
    return found
