"""Metadata: for every field an ordered list of candidates, each value with its source's name."""
