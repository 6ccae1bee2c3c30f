"""From files of articles to files of records: readers, writers and the run that joins them.

An input format is one function in ``readers.READERS``, an output format one class in ``writers.WRITERS``.
"""
