"""What a token looks like, as bits of one number."""

from __future__ import annotations

CAPITAL = 1  # starts with a capital letter
UPPER = 2  # all letters are capitals, at least two
LOWER = 4  # starts with a small letter
DIGIT = 8  # holds a digit
ALPHA = 16  # letters, with inner hyphens, apostrophes or a closing full stop
PUNCT = 32  # no letter or digit
BREAK = 64  # a line break stands before it


def of_form(form: str) -> int:
    """Return the flags of a form; ``BREAK`` is not the form's to tell."""
    first = form[0]
    flags = CAPITAL if first.isupper() else LOWER if first.islower() else 0
    if form.isupper() and sum(map(str.isalpha, form)) > 1:
        flags |= UPPER
    if any(map(str.isdigit, form)):
        flags |= DIGIT
    if form.rstrip(".").replace("-", "").replace("'", "").replace("’", "").isalpha():
        flags |= ALPHA
    if not any(map(str.isalnum, form)):
        flags |= PUNCT
    return flags
