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
