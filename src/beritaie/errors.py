"""What a user can get wrong; every message names the place and the remedy."""


class BeritaieError(Exception):
    """Base class of the library's own errors."""


class InputError(BeritaieError):
    """An input file, row or article cannot be read. The message names the file and line and says what to do."""


class SetupError(BeritaieError):
    """Something is missing or misconfigured: a model, an optional package, an option."""


class LexiconError(BeritaieError):
    """A lexicon file is faulty; the message names file, line and clash."""
