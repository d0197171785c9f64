"""The scorer: how likely each line of a document is body, and how far it is believed."""
