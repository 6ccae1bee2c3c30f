"""From files of articles to files of records: readers, writers and the run that joins them.

An input format is one function in ``readers.READERS``, an output format one class in ``writers.WRITERS``.
"""

# What follows "--" and precedes "-column" on command lines -> the field of an article
COLUMN_OPTIONS = {"text": "text", "id": "id", "date": "published", "title": "title", "url": "url"}
