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
