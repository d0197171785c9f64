# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# cython: initializedcheck=False
"""The compiled core: the same as ``slow``, file by file, where each function is described."""

import numpy as np

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.tuple cimport PyTuple_GET_ITEM
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.stdlib cimport qsort
from libc.string cimport memcmp, memcpy, memset

cdef extern from "Python.h":
    Py_UCS4 *PyUnicode_AsUCS4Copy(object text) except NULL

include "forests.pxi"
include "characters.pxi"
include "parts.pxi"
include "words.pxi"
include "around.pxi"
include "shape.pxi"
include "again.pxi"
include "layout.pxi"
include "chances.pxi"
include "marks.pxi"
include "matches.pxi"
