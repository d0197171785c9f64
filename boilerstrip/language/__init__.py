"""What is told of text in any language: folding, prose, names, dates, the language itself."""
