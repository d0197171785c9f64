"""Readers turn any source into a document; they know nothing of boilerplate."""
