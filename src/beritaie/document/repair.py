"""Repairs of characters: what was decoded wrongly, escaped for a page, or cannot be seen. Nothing that reads well is touched."""

from __future__ import annotations

import re
from html import unescape

from beritaie.document.offsets import Edit, apply

# UTF-8 read as Windows-1252, the one mistake that Indonesian pages make: `â€œ` for `“`, `Ã©` for `é`. (ftfy knows more, but gives
# no offsets.)
_HIGH = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xC0))
_TAIL = f"[{re.escape(_HIGH)}\x80-\x9f]"
_BROKEN = rf"(?:[Â-Å]{_TAIL}|[âï]{_TAIL}{{2}}|ð{_TAIL}{{3}})"
_TAG = (
    r"</?(?:p|br|div|span|strong|em|b|i|u|a|img|figure|figcaption|iframe|script|h[1-6]|ul|ol|li|blockquote|table|tr|td|th|center)\b"
    r"[^<>]{0,300}>"
)
_NEWLINE_TAG = re.compile(r"</?(?:p|br|div|figure|figcaption|h[1-6]|ul|ol|li|blockquote|table|tr)\b", re.IGNORECASE)
_INVISIBLE = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ufff9-\ufffb"
_DIRT = re.compile(
    rf"(?P<broken>{_BROKEN}+|â€)|(?P<entity>&amp;(?:nbsp|quot|amp|[lr][ds]quo)\b;?|&nbsp\b;?|&(?:#\d{{1,7}}|#[xX][\da-fA-F]{{1,6}}|[A-Za-z][A-Za-z\d]{{1,30}});)"
    rf"|(?P<tag>(?i:{_TAG}))|(?P<invisible>[{_INVISIBLE}]+)|(?P<control>[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x9f\u2028\u2029]|[\ud800-\udfff])"
    r"|(?P<space>[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000])"
)
_SUSPECT = re.compile(rf"[&<Â-Åâïð\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff{_INVISIBLE}]")
_DROPPED_QUOTE = "â€"  # the last byte of ” has no character in Windows-1252 and is often lost


def repair(text: str) -> tuple[str, list[Edit]]:
    """Return the text repaired, and the edits that changed its length.

    White space becomes a plain space or line break; that changes no offset and is no edit.
    """
    if not _SUSPECT.search(text):
        return text, []
    edits: list[Edit] = []
    swaps: list[Edit] = []
    for match in _DIRT.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        piece = match[0]
        if kind == "broken":
            replacement = _decoded(piece)
        elif kind == "entity":
            replacement = _unescaped(piece)
        elif kind == "tag":
            replacement = "\n" if _NEWLINE_TAG.match(piece) else ""
        elif kind == "invisible":
            replacement = ""
        elif kind == "space":
            replacement = " "
        else:
            replacement = _control(piece, text[end : end + 1])
        if replacement == piece:
            continue
        (swaps if len(replacement) == end - start == 1 else edits).append((start, end, replacement))
    if swaps:
        text = apply(text, swaps)
    return apply(text, edits), edits


def _decoded(piece: str) -> str:
    """Decode once, and again what was broken twice (`Ã¢â‚¬Å“`)."""
    for _ in range(3):
        if piece == _DROPPED_QUOTE:
            return "”"
        try:
            better = b"".join(_byte(char) for char in piece).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            break
        piece = better
        if not re.fullmatch(f"{_BROKEN}+|{_DROPPED_QUOTE}", piece):
            break
    return piece


def _byte(char: str) -> bytes:
    return bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode("cp1252")


def _unescaped(piece: str) -> str:
    if "nbsp" in piece:
        return " "
    result = unescape(unescape(piece if piece.endswith(";") else f"{piece};"))
    if result == "\r" or (len(result) == 1 and re.fullmatch(f"[{_INVISIBLE}\x00-\x08\x0e-\x1f\x7f-\x9f]", result)):
        return ""
    return " " if result != "\n" and result.isspace() else result


def _control(char: str, after: str) -> str:
    if char == "\r":
        return " " if after == "\n" else "\n"
    if "\x80" <= char <= "\x9f":  # Windows-1252 read as Latin-1
        return bytes([ord(char)]).decode("cp1252", errors="ignore")
    if char in "\u2028\u2029":
        return "\n"
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return " " if char.isspace() else ""
