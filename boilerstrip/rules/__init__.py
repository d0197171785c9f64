"""The rules: records that say what boilerplate looks like, why, and where it may stand."""
