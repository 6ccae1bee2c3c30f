"""A local page over an archive: search people, bodies, places, amounts and quotes, read each hit in its article, export a CSV.

The server makes whole pages, without any script; their policy forbids scripts and everything from elsewhere. It listens on this machine
only and answers only to its own names, so that no other site's page can ask it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from beritaie.errors import InputError, SetupError
from beritaie.explore.archive_search import KINDS, PAGE, ArchiveSearch, Hit, Query, query
from beritaie.explore.listing import facts, tables
from beritaie.explore.marks import KINDS as MARKS
from beritaie.explore.marks import pieces
from beritaie.explore.page import environment

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "127.0.0.1"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # begins a formula where a spreadsheet opens a CSV


def application(path: str) -> Starlette:
    """Return the web application over an archive.

    Args:
        path: a ``.duckdb`` file of ``beritaie extract``.

    Raises:
        SetupError: Starlette or DuckDB is not installed, or the file is no archive of records.
    """
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.responses import HTMLResponse, StreamingResponse
        from starlette.routing import Route
    except ImportError as error:
        raise SetupError("the explorer needs Starlette and uvicorn: pip install 'beritaie[explore]'") from error
    archive = ArchiveSearch(path)
    counts = archive.counts()

    def filled(template: str, status: int = 200, **values: Any) -> Response:
        page = environment().get_template(template).render(kinds=MARKS, **values)
        return HTMLResponse(page, status, _HEADERS)

    def search(request: Request) -> Response:
        given = dict(request.query_params)
        hits: list[Hit] = []
        total, fault, asked = 0, None, Query()
        try:
            asked = query(given)
            hits, total = archive.search(asked)
        except InputError as error:
            fault = str(error)
        pages = -(-total // PAGE)

        def to(page: int) -> str:
            return "/?" + urlencode({**given, "page": page})

        return filled(
            "explorer.html",
            400 if fault else 200,
            given=given,
            asked=asked,
            record_kinds=KINDS,
            counts=counts,
            hits=hits,
            total=total,
            fault=fault,
            pages=pages,
            previous=to(asked.page - 1) if asked.page > 1 else None,
            following=to(asked.page + 1) if asked.page < pages else None,
            export="/export.csv?" + urlencode(given),
            article=lambda hit: "/article?" + urlencode({"id": hit.article_id, **{f"from_{k}": v for k, v in given.items()}}),
        )

    def article(request: Request) -> Response:
        id = request.query_params.get("id", "")
        doc = archive.article(id)
        back = "/?" + urlencode({k.removeprefix("from_"): v for k, v in request.query_params.items() if k.startswith("from_")})
        if doc is None:
            return filled("explorer_article.html", 404, heading=f"no article {id!r}", back=back, facts=[], pieces=[], tables={})
        return filled(
            "explorer_article.html",
            heading=doc.title or doc.id or "",
            back=back,
            facts=facts(doc),
            pieces=list(pieces(doc)),
            tables=tables(doc),
        )

    def export(request: Request) -> Response:
        try:
            asked = query(dict(request.query_params))
        except InputError as error:
            return filled("explorer_article.html", 400, heading=str(error), back="/", facts=[], pieces=[], tables={})
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{asked.kind}.csv"'}
        return StreamingResponse(_csv(archive.all(asked)), 200, headers, "text/csv; charset=utf-8")

    return Starlette(
        routes=[Route("/", search), Route("/article", article), Route("/export.csv", export)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
    )


def _csv(hits: Iterator[Hit]) -> Iterator[str]:
    """Yield the hits as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(Hit._fields)
    for hit in hits:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in hit])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def serve(path: str, port: int, ready: Any = lambda url: None) -> None:
    """Serve the explorer of an archive on this machine until it is interrupted.

    Args:
        path: a ``.duckdb`` file of ``beritaie extract``.
        port: the port; 0 takes a free one.
        ready: is told the page's address when it can be opened.

    Raises:
        SetupError: a package is missing, the file is no archive, or the port is taken.
    """
    app = application(path)
    try:
        import uvicorn
    except ImportError as error:
        raise SetupError("the explorer needs Starlette and uvicorn: pip install 'beritaie[explore]'") from error
    import socket

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        raise SetupError(f"port {port} cannot be used: {error.strerror}; choose another with --port") from error
    listener.listen()
    ready(f"http://{HOST}:{listener.getsockname()[1]}/")
    uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run(sockets=[listener])
