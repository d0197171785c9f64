"""Drafts rules for a site from what recurs on its pages, for a person to read.

What a site puts on each of its pages, and no shipped rule knows, stands in body after body in the
same words. So do things of the stories: a series' heading, an agency's name, the time of an entry
in a live blog. Three things tell them apart. A site's own lines stand in a good share of its
documents. They stand at the edge: above them, or below, there is nothing in a body but more such
lines; a heading has a text of its own below it. And they are worded: with names, numbers and dates
taken away, words are left. It fails where a site's own line stands amid the stories and is no
sentence, and where there are only a few documents of a site.
"""
