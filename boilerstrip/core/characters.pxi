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
