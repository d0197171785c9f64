"""Bridges to the engines that hold many documents: each needs an extra, which it names."""
