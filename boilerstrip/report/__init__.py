"""One self-contained page that shows what was removed from documents, and why.

The page holds its own style and script and asks the network for nothing. A table of all documents
stands in it as JSON; each document beside it, packed, is unpacked when it is looked at. Nothing of
a document ever becomes markup: the script makes text of it, and so does ``notebook``, which shows a
single article without a script.
"""
