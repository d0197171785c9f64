# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# cython: initializedcheck=False, auto_pickle=False
"""The walk over a page's tree, compiled: the same as ``Walk`` of ``walk.py``, on libxml2's nodes.

What is told there isn't told here. Of what a page hardly ever holds (drawings that show HTML,
references to entities), this makes nothing: ``walk`` gives ``None``, and the twin reads it.
"""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.string cimport memchr, strcmp, strlen, strncmp, strstr
from lxml.includes cimport etreepublic as lxml
from lxml.includes.tree cimport xmlAttr, xmlNode, xmlNs

cdef extern from "Python.h":
    str PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size)

lxml.import_lxml__etree()

cdef enum:  # node types of libxml2
    ELEMENT = 1
    TEXT = 3
    CDATA = 4
    PI = 7
    COMMENT = 8

cdef enum:  # kinds of elements, as in walk.py
    INLINE, BLOCK, LINK, BREAK, CELL, PRE, RULE, SKIP, FACT, MAYBE

cdef enum:  # what else there is to know of a tag
    BODY = 1
    DECORATES = 2  # it may be hidden as a decoration
    SVG = 4
    DIALOG = 8
    TEMPLATE = 16
    SCRIPT = 32
    TITLE = 64

cdef enum:
    LINE = 0x1E
    COLUMN = 0x1F
    PROSE = 80
    TAGS = 512  # places for tags that are known already

cdef struct Tag:
    const char *name
    const char *space
    int kind, flags, number

cdef struct Element:
    xmlNode *node
    Py_ssize_t parent, depth, start, end
    int tag, kind

cdef struct Block:
    Py_ssize_t start, owner
    double density
    const char *href


cdef const char *EMPTY = b""


class _Odd(Exception):
    """What is met is for the twin."""


cdef inline bint is_text(xmlNode *node) noexcept:
    return node is not NULL and (<int>node.type == TEXT or <int>node.type == CDATA)


cdef inline bint is_space(Py_UCS4 c) noexcept:
    if c < 0x80:
        return c == 32 or 9 <= c <= 13 or 28 <= c <= 31
    return c.isspace()


cdef const char *value_of(xmlAttr *attribute) except NULL:
    """An attribute's value."""
    cdef xmlNode *text = attribute.children
    if text is NULL:
        return EMPTY
    if text.next is not NULL or <int>text.type != TEXT:
        raise _Odd
    return EMPTY if text.content is NULL else <const char *>text.content


cdef const char *find_value(xmlNode *node, const char *name) except? NULL:
    """The value of an attribute; ``NULL`` where there is none."""
    cdef xmlAttr *attribute = node.properties
    while attribute is not NULL:
        if attribute.ns is NULL and strcmp(<const char *>attribute.name, name) == 0:
            return value_of(attribute)
        attribute = attribute.next
    return NULL


cdef bint may_hide(const char *style) noexcept:
    """Whether a style holds a word that hides, or nearly: "none", or "hidden"'s last letters."""
    cdef char one
    while style[0]:
        one = style[0] | 32
        if one == c"n" and style[1] | 32 == c"o" and style[2] | 32 == c"n":
            return True
        if one == c"d" and style[1] | 32 == c"d" and style[2] | 32 == c"e":
            return True
        style += 1
    return False


cdef bint is_naming(const char *key) noexcept:
    """Whether an attribute names its element."""
    if key[0] == c"c":
        return strcmp(key, "class") == 0
    if key[0] == c"i":
        return strcmp(key, "id") == 0 or strcmp(key, "itemprop") == 0
    if key[0] == c"d":
        return strcmp(key, "data-testid") == 0 or strcmp(key, "data-component") == 0
    return strcmp(key, "role") == 0


cdef bint shows_html(xmlNode *drawing) noexcept:
    """Whether a drawing holds an element whose content is HTML."""
    cdef xmlNode *node = drawing
    while True:
        if <int>node.type == ELEMENT and (
            strcmp(<const char *>node.name, "foreignobject") == 0
            or strcmp(<const char *>node.name, "foreignObject") == 0
        ):
            return True
        if <int>node.type == ELEMENT and node.children is not NULL:
            node = node.children
            continue
        while node is not drawing and node.next is NULL:
            node = node.parent
        if node is drawing:
            return False
        node = node.next


cdef void *grown(void *memory, Py_ssize_t count, size_t size) except NULL:
    """The memory with room for ``count`` items of a size."""
    cdef void *found = PyMem_Realloc(memory, count * size)
    if found is NULL:
        raise MemoryError
    return found


cdef class _Walk:
    """One pass over a tree; see ``Walk`` of ``walk.py``, whose names these are."""

    cdef lxml._Document document
    cdef dict kinds
    cdef object hides
    cdef set shown
    cdef list hidden, scripts, tags
    cdef str title, headline, description
    cdef Tag[TAGS] known
    cdef Py_UCS4 *raw  # the chunks of the block being read
    cdef Py_UCS4 *out  # the text
    cdef Element *elements
    cdef Block *blocks
    cdef Py_ssize_t held, raw_room, size, out_room, count, elements_room, block_count, blocks_room
    cdef Py_ssize_t position, prose, deepest, pre, owner, linked, current
    cdef bint linking, marked, broken, adjoins
    cdef const char *target
    cdef const char *href

    def __cinit__(self):
        self.elements_room, self.blocks_room = 1024, 256
        self.elements = <Element *>grown(NULL, self.elements_room, sizeof(Element))
        self.blocks = <Block *>grown(NULL, self.blocks_room, sizeof(Block))
        self.elements[0] = Element(NULL, 0, 0, 0, -1, 0, INLINE)
        self.count = 1
        self.tags, self.hidden, self.scripts = [""], [], []
        self.title = self.headline = self.description = ""
        self.clear()

    def __dealloc__(self):
        PyMem_Free(self.raw)
        PyMem_Free(self.out)
        PyMem_Free(self.elements)
        PyMem_Free(self.blocks)

    cdef void clear(self) noexcept:
        self.held = self.linked = 0
        self.owner = -1
        self.href = NULL
        self.marked = self.broken = self.adjoins = False

    cdef int run(self, xmlNode *root) except -1:
        cdef xmlNode *node = root
        cdef xmlNode *following
        while True:
            if <int>node.type == ELEMENT:
                if self.enters(node):
                    following = self.take(node.children)
                    if following is not NULL:
                        node = following
                        continue
                    self.close()
            elif <int>node.type != COMMENT and <int>node.type != PI:
                raise _Odd
            while True:
                if node is root:
                    self.flush()
                    return 0
                following = self.take(node.next)
                if following is not NULL:
                    node = following
                    break
                node = node.parent
                self.close()

    cdef Tag *tag_of(self, xmlNode *node) except NULL:
        """What is known of an element's tag."""
        cdef const char *name = <const char *>node.name
        cdef const char *space = <const char *>lxml._getNs(node)
        cdef Tag *tag = &self.known[(<size_t>name >> 3 ^ <size_t>name >> 12) & (TAGS - 1)]
        if tag.name is name and tag.space is space:
            return tag
        written = lxml.namespacedName(node)
        kind = self.kinds.get(written)
        if kind is None:
            written = written.rpartition("}")[2].lower()
            kind = self.kinds.get(written, INLINE)
        tag.name, tag.space, tag.kind, tag.number = name, space, kind, len(self.tags)
        tag.flags = (
            BODY * (written == "body")
            | DECORATES * (written not in ("html", "body", "main", "article"))
            | SVG * (written == "svg") | DIALOG * (written == "dialog")
            | TEMPLATE * (written == "template") | SCRIPT * (written == "script")
            | TITLE * (written == "title")
        )
        self.tags.append(written)
        return tag

    cdef bint enters(self, xmlNode *node) except -1:
        """Whether an element is read; if so, it is open."""
        cdef Tag *tag = self.tag_of(node)
        cdef xmlAttr *attribute
        cdef const char *key
        if tag.kind >= SKIP and self.skips(node, tag):
            return False
        attribute = node.properties
        while attribute is not NULL:
            key = <const char *>attribute.name
            if (
                (key[0] == c"h" or key[0] == c"a" or key[0] == c"s")
                and attribute.ns is NULL
                and self.hides_by(tag, key, attribute)
                and self.conceals(node)
            ):
                return False
            attribute = attribute.next
        self.open(node, tag)
        return True

    cdef bint hides_by(self, Tag *tag, const char *key, xmlAttr *attribute) except -1:
        """Whether an attribute hides its element."""
        cdef const char *value
        if strcmp(key, "hidden") == 0:
            return strcmp(value_of(attribute), "until-found") != 0
        if strcmp(key, "aria-hidden") == 0:
            return tag.flags & DECORATES and strcmp(value_of(attribute), "true") == 0
        if strcmp(key, "style") or tag.flags & BODY:
            return False
        value = value_of(attribute)
        return may_hide(value) and self.hides(value.decode()) is not None

    cdef bint conceals(self, xmlNode *node) except -1:
        """Whether what is hidden is left out; it is remembered."""
        if self.shown and <size_t>node in self.shown:
            return False
        self.hidden.append(lxml.elementFactory(self.document, node))
        return True

    cdef bint skips(self, xmlNode *node, Tag *tag) except -1:
        if tag.kind == FACT:
            self.note(node, tag)
        if tag.flags & SVG and shows_html(node):
            raise _Odd
        if tag.kind != MAYBE:
            return True
        if tag.flags & DIALOG and find_value(node, "open") is not NULL:
            return False
        if tag.flags & TEMPLATE and find_value(node, "shadowrootmode") is not NULL:
            return False
        return self.conceals(node)

    cdef int note(self, xmlNode *node, Tag *tag) except -1:
        cdef const char *value
        if tag.flags & SCRIPT:
            value = find_value(node, "type")
            if value is not NULL and strstr(value, "ld+json") is not NULL:
                if text := lxml.textOf(node):
                    self.scripts.append(text)
        elif tag.flags & TITLE:
            self.title = self.title or " ".join((lxml.textOf(node) or "").split())
        else:
            value = find_value(node, "property")
            if value is NULL or not value[0]:
                value = find_value(node, "name")
            if value is NULL:
                return 0
            if strcmp(value, "og:title") == 0:
                self.headline = self.content(node)
            elif strcmp(value, "og:description") == 0 or (
                strcmp(value, "description") == 0 and not self.description
            ):
                self.description = self.content(node)
        return 0

    cdef str content(self, xmlNode *node):
        cdef const char *value = find_value(node, "content")
        return value.decode() if value is not NULL else ""

    cdef int open(self, xmlNode *node, Tag *tag) except -1:
        cdef Py_ssize_t depth
        if tag.kind == BREAK:
            self.line_break()
        elif tag.kind == CELL:
            if self.held:
                self.mark(COLUMN)
        elif tag.kind == LINK:
            if self.adjoins and self.held:
                self.put(32)
            self.target = find_value(node, "href")
            self.linking = True
        elif tag.kind != INLINE:
            if self.held:
                self.flush()
            if tag.kind == PRE:
                self.pre += 1
        if self.count == self.elements_room:
            self.elements_room *= 2
            self.elements = <Element *>grown(self.elements, self.elements_room, sizeof(Element))
        depth = self.elements[self.current].depth + 1
        self.elements[self.count] = Element(
            node, self.current, depth, self.position, -1, tag.number, tag.kind
        )
        self.current = self.count
        self.count += 1
        self.deepest = max(self.deepest, depth)
        return 0

    cdef int close(self) except -1:
        cdef int kind = self.elements[self.current].kind
        if kind == LINK:
            self.linking = False
            self.adjoins = True
        elif kind == BLOCK or kind == PRE or kind == MAYBE:
            if self.held:
                self.flush()
            if kind == PRE:
                self.pre -= 1
        self.elements[self.current].end = self.position
        self.current = self.elements[self.current].parent
        return 0

    cdef int line_break(self) except -1:
        if self.broken and not self.pre:
            self.flush()
        elif self.held:
            self.mark(10 if self.pre else LINE)
            self.broken = True
        return 0

    cdef int mark(self, Py_UCS4 sign) except -1:
        self.put(sign)
        self.marked = True
        return 0

    cdef int put(self, Py_UCS4 sign) except -1:
        self.make_room(1)
        self.raw[self.held] = sign
        self.held += 1
        return 0

    cdef int make_room(self, Py_ssize_t more) except -1:
        if self.held + more > self.raw_room:
            self.raw_room = 2 * (self.held + more) + 1024
            self.raw = <Py_UCS4 *>grown(self.raw, self.raw_room, sizeof(Py_UCS4))
        return 0

    cdef xmlNode *take(self, xmlNode *node) except? NULL:
        """Take the text that begins at a node into the block being read; the node behind it."""
        cdef Py_ssize_t before = self.held, letters
        cdef bint shows = False
        if not is_text(node):
            return node
        while is_text(node):
            if node.content is not NULL:
                shows |= self.read(<const unsigned char *>node.content)
            node = node.next
        letters = self.held - before
        if not letters:
            return node
        if not shows:
            if before:
                self.adjoins = False
            else:
                self.held = 0
            return node
        self.broken = self.adjoins = False
        if self.linking:
            self.linked += letters
            if self.href is NULL or not self.href[0]:
                self.href = self.target
        if self.owner != self.current:
            self.owner = self.common(self.owner, self.current)
        return node

    cdef bint read(self, const unsigned char *text) except -1:
        """Take UTF-8; whether anything in it shows."""
        cdef Py_ssize_t size = strlen(<const char *>text)
        cdef const unsigned char *end = text + size
        cdef Py_UCS4 *into
        cdef unsigned int c
        cdef bint shows = False
        cdef int more
        self.make_room(size)
        into = self.raw + self.held
        while text < end:
            c = text[0]
            text += 1
            if c >= 0x80:
                more = 1 if c < 0xE0 else 2 if c < 0xF0 else 3
                if c < 0xC2 or c > 0xF4 or end - text < more:
                    raise _Odd
                c &= 0x3F >> more
                while more:
                    if text[0] & 0xC0 != 0x80:
                        raise _Odd
                    c = c << 6 | text[0] & 0x3F
                    text += 1
                    more -= 1
                if c > 0x10FFFF or 0xD800 <= c <= 0xDFFF:
                    raise _Odd
            into[0] = <Py_UCS4>c
            into += 1
            shows = shows or not is_space(<Py_UCS4>c)
        self.held = into - self.raw
        return shows

    cdef Py_ssize_t common(self, Py_ssize_t first, Py_ssize_t second) noexcept:
        if first < 0:
            return second
        while first != second:
            if self.elements[first].depth >= self.elements[second].depth:
                first = self.elements[first].parent
            else:
                second = self.elements[second].parent
        return first

    cdef int flush(self) except -1:
        cdef Py_ssize_t before = self.size, start, other
        cdef double density
        if self.owner < 0:
            self.clear()
            return 0
        if self.size + self.held + 2 > self.out_room:
            self.out_room = 2 * (self.size + self.held) + 4096
            self.out = <Py_UCS4 *>grown(self.out, self.out_room, sizeof(Py_UCS4))
        if self.block_count:
            self.out[self.size] = 10
            self.size += 1
        start = self.size
        if self.pre:
            self.write_preformatted()
        elif self.marked:
            self.write_lines()
        else:
            self.write_collapsed(0, self.held)
        if self.size == start:
            self.size = before
            self.clear()
            return 0
        density = min(1.0, <double>self.linked / <double>self.held)
        if self.block_count == self.blocks_room:
            self.blocks_room *= 2
            self.blocks = <Block *>grown(self.blocks, self.blocks_room, sizeof(Block))
        self.blocks[self.block_count] = Block(start, self.owner, density, self.href)
        self.block_count += 1
        self.position = self.size + 1
        if self.size - start > PROSE and density < 0.5:
            self.prose += self.size - start
        other = self.owner
        while self.elements[other].end >= 0:
            self.elements[other].end = self.position
            other = self.elements[other].parent
        self.clear()
        return 0

    cdef void write_collapsed(self, Py_ssize_t start, Py_ssize_t end) noexcept:
        """Write a piece of the raw text with its white space collapsed."""
        cdef Py_UCS4 *into = self.out + self.size
        cdef Py_UCS4 *first = into
        cdef Py_UCS4 c
        cdef bint gap = False
        for place in range(start, end):
            c = self.raw[place]
            if is_space(c):
                gap = True
                continue
            if gap and into is not first:
                into[0] = 32
                into += 1
            gap = False
            into[0] = c
            into += 1
        self.size = into - self.out

    cdef void write_lines(self) noexcept:
        cdef Py_ssize_t place = 0, cell, before, line
        cdef bint follows = False
        while place <= self.held:
            before = self.size
            if follows:
                self.out[self.size] = 10
                self.size += 1
            line = self.size
            while True:
                cell = place
                while place < self.held and self.raw[place] != LINE and self.raw[place] != COLUMN:
                    place += 1
                self.write_collapsed(cell, place)
                place += 1
                if place > self.held or self.raw[place - 1] == LINE:
                    break
                self.out[self.size] = 9
                self.size += 1
            while self.size > line and self.out[self.size - 1] == 9:
                self.size -= 1
            if self.size == line:
                self.size = before
            else:
                follows = True

    cdef void write_preformatted(self) noexcept:
        cdef Py_ssize_t place = 0, line, last, first = self.size
        while place <= self.held:
            line = place
            while place < self.held and self.raw[place] != 10:
                place += 1
            last = place
            while last > line and is_space(self.raw[last - 1]):
                last -= 1
            if self.size > first:
                self.out[self.size] = 10
                self.size += 1
            while line < last:
                self.out[self.size] = self.raw[line]
                self.size += 1
                line += 1
            place += 1
        while self.size > first and self.out[self.size - 1] == 10:
            self.size -= 1

    cdef str names_of(self, xmlNode *node):
        cdef xmlAttr *attribute = node.properties
        cdef str names = ""
        while attribute is not NULL:
            if attribute.ns is NULL and is_naming(<const char *>attribute.name):
                value = value_of(attribute).decode()
                names = f"{names} {value}" if names else value
            attribute = attribute.next
        return names

    cdef tuple result(self):
        """The text, the rows of blocks and of the elements that hold any, and all else."""
        cdef Py_ssize_t number, holders = 0
        cdef Element *element
        cdef Block *block
        cdef list blocks = [], elements = [], numbers = [0] * self.count
        self.elements[0].end = self.size
        for number in range(self.count):
            element = &self.elements[number]
            if number and element.end <= element.start:
                continue
            numbers[number] = holders
            holders += 1
            elements.append((
                self.tags[element.tag], self.names_of(element.node) if number else "",
                numbers[element.parent], element.start, element.end,
            ))
        for number in range(self.block_count):
            block = &self.blocks[number]
            href = block.href.decode() if block.href is not NULL else None
            blocks.append((block.start, numbers[block.owner], block.density, href))
        text = PyUnicode_FromKindAndData(4, self.out, self.size) if self.size else ""
        facts = self.title, self.headline, self.description, self.scripts
        return text, blocks, elements, facts, self.hidden, self.prose, self.deepest


def walk(lxml._Element root not None, shown, dict kinds, hides):
    """What a walk over the tree reads; ``None`` where something odd stands in it.

    ``shown`` are elements that are read though hidden, ``kinds`` the kinds of tags, and ``hides``
    says whether a style hides.
    """
    cdef _Walk reading = _Walk()
    reading.document, reading.kinds, reading.hides = root._doc, kinds, hides
    reading.shown = {<size_t>(<lxml._Element?>element)._c_node for element in shown}
    if <int>root._c_node.type != ELEMENT:
        return None
    try:
        reading.run(root._c_node)
        return reading.result()
    except (_Odd, UnicodeDecodeError):
        return None


# What fields look for

cdef struct Name:
    const char *name
    int number  # among the tags that are looked for, or -1


cdef struct Sign:
    const char *text


cdef class _Search:
    """A search of a tree for elements by their tags and attributes, see ``Notes`` of ``notes.py``."""

    cdef lxml._Document document
    cdef tuple tags, pages
    cdef list tagged, classed, described, leading
    cdef tuple held  # the signs
    cdef Sign[32] signs
    cdef int count
    cdef bint[256] begins  # a sign
    cdef Name[64] known

    cdef int run(self, xmlNode *root) except -1:
        cdef xmlNode *node = root
        while True:
            if <int>node.type == ELEMENT:
                self.look_at(node, node is root)
                if node.children is not NULL:
                    node = node.children
                    continue
            while node is not root and node.next is NULL:
                node = node.parent
            if node is root:
                return 0
            node = node.next

    cdef int look_at(self, xmlNode *node, bint is_root) except -1:
        cdef const char *name = <const char *>node.name
        cdef const char *key
        cdef xmlAttr *attribute = node.properties
        cdef int slot = (<size_t>name >> 3 ^ <size_t>name >> 9) & 63
        cdef bint is_link, leads = False
        if self.known[slot].name is not name:
            written = name.decode()
            number = self.tags.index(written) if written in self.tags else -1
            self.known[slot] = Name(name, number)
        if self.known[slot].number >= 0 and lxml._getNs(node) is NULL:
            found = self.tagged[self.known[slot].number]
            found.append(lxml.elementFactory(self.document, node))
        is_link = name[0] == c"a" and name[1] == 0 and lxml._getNs(node) is NULL
        while attribute is not NULL:
            key = <const char *>attribute.name
            if attribute.ns is NULL:
                if key[0] == c"c" and strcmp(key, "class") == 0:
                    if self.has_sign(value_of(attribute)):
                        self.classed.append(lxml.elementFactory(self.document, node))
                elif key[0] == c"i" and not is_root and strcmp(key, "itemprop") == 0:
                    self.described.append(lxml.elementFactory(self.document, node))
                elif is_link and strcmp(key, "rel") == 0:
                    leads = leads or strncmp(value_of(attribute), "author", 6) == 0
                elif is_link and strcmp(key, "href") == 0:
                    leads = leads or self.is_page(value_of(attribute))
            attribute = attribute.next
        if leads:
            self.leading.append(lxml.elementFactory(self.document, node))
        return 0

    cdef bint has_sign(self, const char *classes) except -1:
        """Whether one of the signs, which are ASCII in lower case, stands in a class attribute."""
        cdef const char *sign
        cdef Py_ssize_t place
        cdef int number
        while classes[0]:
            if self.begins[<unsigned char>lowered(classes[0])]:
                for number in range(self.count):
                    sign, place = self.signs[number].text, 0
                    while sign[place] and lowered(classes[place]) == sign[place]:
                        place += 1
                    if not sign[place]:
                        return True
            classes += 1
        return False

    cdef int take_signs(self, signs) except -1:
        self.held = tuple(map(str.encode, signs))
        if len(self.held) > 32:
            raise ValueError("More than 32 signs.")
        for sign in self.held:
            self.signs[self.count] = Sign(<bytes>sign)
            self.count += 1
            self.begins[sign[0]] = True
        return 0

    cdef bint is_page(self, const char *address) except -1:
        for part in self.pages:
            if strstr(address, <bytes>part) is not NULL:
                return True
        return False


cdef inline char lowered(char c) noexcept:
    return c + 32 if c"A" <= c <= c"Z" else c


def find(lxml._Element root not None, tuple tags, tuple signs, tuple pages):
    """The notes on a tree, of elements in order; ``None`` where something odd stands in it."""
    cdef _Search search = _Search()
    search.document, search.tags, search.pages = root._doc, tags, tuple(map(str.encode, pages))
    search.take_signs(signs)
    search.tagged = [[] for _ in tags]
    search.classed, search.described, search.leading = [], [], []
    if <int>root._c_node.type != ELEMENT:
        return None
    try:
        search.run(root._c_node)
    except (_Odd, UnicodeDecodeError):
        return None
    return search.tagged, search.classed, search.described, search.leading


# What is to be known of a page before it is parsed

cdef inline bint is_blank(char c) noexcept:
    return c == 32 or 9 <= c <= 13


cdef bint has_more(const char *place, const char *end, Py_ssize_t most) noexcept:
    """Whether a tag, whose name begins at ``place``, has more than so many attributes."""
    cdef const char *close
    cdef Py_ssize_t count = 0
    while place < end and not is_blank(place[0]) and place[0] != c"/" and place[0] != c">":
        place += 1
    while True:
        while place < end and (is_blank(place[0]) or place[0] == c"/"):
            place += 1
        if place == end or place[0] == c">":
            return False
        count += 1
        if count > most:
            return True
        place += 1
        while place < end and not (
            is_blank(place[0]) or place[0] == c"/" or place[0] == c">" or place[0] == c"="
        ):
            place += 1
        close = place
        while close < end and is_blank(close[0]):
            close += 1
        if close == end or close[0] != c"=":
            continue
        place = close + 1
        while place < end and is_blank(place[0]):
            place += 1
        if place < end and (place[0] == c'"' or place[0] == c"'"):
            close = <const char *>memchr(place + 1, place[0], end - place - 1)
            if close is not NULL:
                place = close + 1
            continue
        while place < end and not is_blank(place[0]) and place[0] != c">":
            place += 1


def is_crowded(bytes page, Py_ssize_t most):
    """Whether a tag may have more than ``most`` attributes."""
    cdef const char *place = page
    cdef const char *end = place + len(page)
    while True:
        place = <const char *>memchr(place, c"<", end - place)
        if place is NULL:
            return False
        place += 1
        if c"a" <= place[0] | 32 <= c"z" and has_more(place, end, most):
            return True


def find_end(bytes page):
    """Where "</html" is first, or "</HTML" where that is not; -1 where neither is."""
    cdef const char *first = page
    cdef const char *end = first + len(page)
    cdef const char *place = first
    cdef Py_ssize_t upper = -1
    while True:
        place = <const char *>memchr(place, c"<", end - place)
        if place is NULL:
            return upper
        if strncmp(place, "</html", 6) == 0:
            return place - first
        if upper < 0 and strncmp(place, "</HTML", 6) == 0:
            upper = place - first
        place += 1
