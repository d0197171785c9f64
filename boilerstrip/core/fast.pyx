# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# cython: initializedcheck=False
"""The compiled core: the same as ``slow.py``, function by function, where each is described."""

import numpy as np

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.tuple cimport PyTuple_GET_ITEM
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.stdlib cimport qsort
from libc.string cimport memcmp, memcpy, memset

cdef extern from "Python.h":
    Py_UCS4 *PyUnicode_AsUCS4Copy(object text) except NULL


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


# Characters

cdef enum:
    WORD = 1  # of a word: a letter, a numeral, "_"
    LETTER = 2  # of a word, but neither "_" nor a decimal
    DECIMAL = 4
    DIGIT = 8
    SPACE = 16
    WIDE = 32
    BARE = 64  # a letter, a decimal or "_"
    SEEN = 128

# What is known of each character, worked out when it is first met.
cdef uint8_t KINDS[0x110000]


cdef inline uint8_t kind_of(Py_UCS4 character) noexcept:
    return KINDS[character] or _kind_of(character)


cdef uint8_t _kind_of(Py_UCS4 c) noexcept:
    cdef uint8_t kind = SEEN
    if c.isalnum():
        kind |= WORD | (DECIMAL if c.isdecimal() else LETTER)
    elif c == u"_":
        kind |= WORD
    if c.isalpha() or c.isdecimal() or c == u"_":
        kind |= BARE
    if c.isdigit():
        kind |= DIGIT
    if c.isspace():
        kind |= SPACE
    if (
        0x0E00 <= c <= 0x0EFF or 0x1000 <= c <= 0x109F or 0x1780 <= c <= 0x17FF
        or 0x3040 <= c <= 0x30FF or 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF
    ):
        kind |= WIDE
    KINDS[c] = kind
    return kind


# Hashed parts of pieces of text

cdef uint32_t CRC[256]


cdef void _fill_crc() noexcept:
    cdef uint32_t number, value
    cdef int bit
    for number in range(256):
        value = number
        for bit in range(8):
            value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
        CRC[number] = value


_fill_crc()


cdef inline uint32_t _step(uint32_t value, uint32_t byte) noexcept:
    return CRC[(value ^ byte) & 0xFF] ^ (value >> 8)


cdef uint32_t crc_of(const Py_UCS4 *text, Py_ssize_t size) noexcept:
    """The CRC-32 of the text in UTF-8; a surrogate counts as a question mark."""
    cdef uint32_t value = 0xFFFFFFFF, c
    cdef Py_ssize_t place
    for place in range(size):
        c = text[place]
        if 0xD800 <= c <= 0xDFFF:
            c = 0x3F
        if c < 0x80:
            value = _step(value, c)
            continue
        if c < 0x800:
            value = _step(value, 0xC0 | c >> 6)
        else:
            if c < 0x10000:
                value = _step(value, 0xE0 | c >> 12)
            else:
                value = _step(value, 0xF0 | c >> 18)
                value = _step(value, 0x80 | (c >> 12 & 0x3F))
            value = _step(value, 0x80 | (c >> 6 & 0x3F))
        value = _step(value, 0x80 | (c & 0x3F))
    return value ^ 0xFFFFFFFF


cdef class _Parts:
    """The parts of one piece at a time, each once, and the hashes of those of all pieces."""

    cdef Py_UCS4 *letters  # of the parts, one after another
    cdef Py_ssize_t room, used
    cdef Py_ssize_t *starts  # of each part in ``letters``, and the end of the last
    cdef Py_ssize_t most, count
    cdef uint32_t *slots  # numbers of parts by their hashes, one more than they are; 0: none
    cdef Py_ssize_t mask
    cdef uint32_t *hashes  # of all pieces
    cdef Py_ssize_t capacity, total

    def __cinit__(self):
        self.capacity = 4096
        self.hashes = <uint32_t *>PyMem_Malloc(self.capacity * sizeof(uint32_t))
        if self.hashes == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.letters)
        PyMem_Free(self.starts)
        PyMem_Free(self.slots)
        PyMem_Free(self.hashes)

    cdef int begin(self, Py_ssize_t size) except -1:
        """Forget the parts of the last piece, and make room for those of ``size`` characters."""
        cdef Py_ssize_t room = 24 * size + 64, most = 8 * size + 64, slots = 64
        cdef void *memory
        if room > self.room:
            memory = PyMem_Realloc(self.letters, room * sizeof(Py_UCS4))
            if memory == NULL:
                raise MemoryError
            self.letters, self.room = <Py_UCS4 *>memory, room
            memory = PyMem_Realloc(self.starts, (most + 1) * sizeof(Py_ssize_t))
            if memory == NULL:
                raise MemoryError
            self.starts, self.most = <Py_ssize_t *>memory, most
            while slots < 2 * most:
                slots *= 2
            memory = PyMem_Realloc(self.slots, slots * sizeof(uint32_t))
            if memory == NULL:
                raise MemoryError
            self.slots, self.mask = <uint32_t *>memory, slots - 1
        if self.total + most > self.capacity:
            self.capacity = 2 * (self.total + most)
            memory = PyMem_Realloc(self.hashes, self.capacity * sizeof(uint32_t))
            if memory == NULL:
                raise MemoryError
            self.hashes = <uint32_t *>memory
        memset(self.slots, 0, (self.mask + 1) * sizeof(uint32_t))
        self.used = self.count = 0
        self.starts[0] = 0
        return 0

    cdef void add(self, Py_UCS4 before, const Py_UCS4 *text, Py_ssize_t size, Py_UCS4 after) noexcept:
        """Take a part, with a mark before or after it (0: none), unless it was taken before."""
        cdef Py_UCS4 *part = self.letters + self.used
        cdef Py_ssize_t length = 0, slot, other
        cdef uint32_t number
        if before:
            part[0] = before
            length = 1
        memcpy(part + length, text, size * sizeof(Py_UCS4))
        length += size
        if after:
            part[length] = after
            length += 1
        number = crc_of(part, length)
        slot = number & self.mask
        while self.slots[slot]:
            other = self.slots[slot] - 1
            if (
                self.starts[other + 1] - self.starts[other] == length
                and memcmp(self.letters + self.starts[other], part, length * sizeof(Py_UCS4)) == 0
            ):
                return
            slot = (slot + 1) & self.mask
        self.count += 1
        self.slots[slot] = self.count
        self.used += length
        self.starts[self.count] = self.used
        self.hashes[self.total] = number
        self.total += 1


cdef Py_ssize_t _cut_words(
    const Py_UCS4 *text, Py_ssize_t size, Py_UCS4 *joined, Py_ssize_t *starts, Py_ssize_t *ends
) noexcept:
    """The words of a text, joined by spaces, numerals as 0; how many there are."""
    cdef Py_ssize_t place = 0, start, count = 0, used = 0, letter
    cdef uint8_t kind, own
    cdef bint digits
    while place < size:
        kind, start = kind_of(text[place]), place
        if kind & (LETTER | DECIMAL):
            own = kind & (LETTER | DECIMAL)
            digits = True
            while place < size and kind_of(text[place]) & own:
                if not kind_of(text[place]) & DIGIT:
                    digits = False
                place += 1
        elif kind & (WORD | SPACE):
            place += 1
            continue
        else:
            digits = False
            place += 1
        if count:
            joined[used] = u" "
            used += 1
        starts[count] = used
        if digits:
            joined[used] = u"0"
            used += 1
        else:
            memcpy(joined + used, text + start, (place - start) * sizeof(Py_UCS4))
            used += place - start
        ends[count] = used
        count += 1
    return count


cdef int _add_parts(
    _Parts parts, const Py_UCS4 *text, Py_ssize_t size, Py_UCS4 *joined, Py_ssize_t *starts,
    Py_ssize_t *ends, Py_ssize_t whole, Py_ssize_t edge, Py_ssize_t longest,
) except -1:
    """Take the parts of a piece, which is in lower case."""
    cdef Py_ssize_t count = _cut_words(text, size, joined, starts, ends)
    cdef Py_ssize_t word, length, used = 0
    cdef bint wide = False
    parts.begin(size)
    if not count:
        return 0
    for word in range(count):
        parts.add(0, joined + starts[word], ends[word] - starts[word], 0)
    parts.add(u"^", joined, ends[0], 0)
    parts.add(u"$", joined + starts[count - 1], ends[count - 1] - starts[count - 1], 0)
    for word in range(count - 1):
        parts.add(0, joined + starts[word], ends[word + 1] - starts[word], 0)
    if count > 1:
        parts.add(u"^", joined, ends[1], 0)
    if count <= whole:
        parts.add(u"=", joined, ends[count - 1], 0)
    for word in range(count):
        if ends[word] - starts[word] > edge:
            parts.add(0, joined + starts[word], edge, u">")
            parts.add(u"<", joined + ends[word] - edge, edge, 0)
    for word in range(size):
        if kind_of(text[word]) & WIDE:
            wide = True
            break
    if not wide:
        return 0
    # The words without the spaces between them; they move to the left.
    for word in range(count):
        for length in range(starts[word], ends[word]):
            joined[used] = joined[length]
            used += 1
    for length in range(1, longest + 1):
        for word in range(used - length + 1):
            parts.add(0, joined + word, length, 0)
    for length in range(1, longest + 1):
        parts.add(u"^", joined, min(length, used), 0)
    for length in range(1, longest + 1):
        parts.add(u"$", joined + used - min(length, used), min(length, used), 0)
    return 0


def part_numbers(pieces, Py_ssize_t whole, Py_ssize_t edge, Py_ssize_t longest):
    cdef _Parts parts = _Parts()
    cdef Py_ssize_t number, size, before, most = 0
    cdef Py_UCS4 *text
    cdef Py_UCS4 *joined
    cdef Py_ssize_t *starts
    lowered = [piece.lower() for piece in pieces]
    sizes = np.empty(len(lowered), np.intp)
    cdef Py_ssize_t[::1] counts = sizes
    for piece in lowered:
        most = max(most, len(piece))
    joined = <Py_UCS4 *>PyMem_Malloc((2 * most + 1) * sizeof(Py_UCS4))
    starts = <Py_ssize_t *>PyMem_Malloc((2 * most + 1) * sizeof(Py_ssize_t))
    try:
        if joined == NULL or starts == NULL:
            raise MemoryError
        for number, piece in enumerate(lowered):
            size, before = len(piece), parts.total
            text = PyUnicode_AsUCS4Copy(piece)
            try:
                _add_parts(
                    parts, text, size, joined, starts, starts + most, whole, edge, longest
                )
            finally:
                PyMem_Free(text)
            counts[number] = parts.total - before
    finally:
        PyMem_Free(joined)
        PyMem_Free(starts)
    found = np.empty(parts.total, np.uint32)
    cdef uint32_t[::1] hashes = found
    if parts.total:
        memcpy(&hashes[0], parts.hashes, parts.total * sizeof(uint32_t))
    return found, sizes


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


# The shape of lines

cdef enum:
    # Bits of a character's classes, as in slow.py.
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


# What was found in lines

cdef inline object _part(object named, Py_ssize_t number):
    """A part of a tuple, which may have names for its parts."""
    return <object>PyTuple_GET_ITEM(named, number)


def candidates(
    hits, str folded, str plain, spans, str leading, str trailing, Py_ssize_t longest
):
    cdef Py_ssize_t start = 0, end = -1, inner = 0, outer = 0, stop, left, number = -1
    cdef Py_ssize_t before, after
    cdef tuple uses, hit
    cdef list found = []
    for hit in hits:
        stop, uses = hit
        while stop > end:
            number += 1
            start, end = spans[number]
            inner, outer = start, end
            if stop <= end and end - start <= longest:
                while inner < end and plain[inner] in leading:
                    inner += 1
                while outer > start and plain[outer - 1] in trailing:
                    outer -= 1
        for use in uses:
            left = stop - <Py_ssize_t>_part(use, 1)
            before, after = _part(use, 2), _part(use, 3)
            if left < start or left - inner > before or outer - stop > after:
                continue
            if _part(use, 4) and left > start and kind_of(folded[left - 1]) & BARE:
                continue
            if _part(use, 5) and stop < end and kind_of(folded[stop]) & BARE:
                continue
            found.append((number, _part(use, 0), left, stop))
    return found
