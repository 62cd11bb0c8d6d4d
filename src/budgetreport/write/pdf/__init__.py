"""The page model as a PDF file. Decides nothing: every position, text and font is settled before."""

from __future__ import annotations

import budgetreport
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import Document, Page
from budgetreport.write.pdf.embed import embed
from budgetreport.write.pdf.objects import Body, File, dictionary, listing, numbers, text_string
from budgetreport.write.pdf.outline import link, outline
from budgetreport.write.pdf.paint import Painter

__all__ = ["pdf_bytes"]


def pdf_bytes(document: Document, fonts: FontSet, *, identity: bytes = b"") -> bytes:
    """The PDF file of a document: same document, fonts and identity, same bytes.

    `identity` is what the file's /ID is derived from beside its content, such as a hash of the input.
    """
    file = File()
    tree, resources = file.reserve(), file.reserve()
    pages = [file.reserve() for _ in document.pages]
    painter = Painter(fonts)
    for page, body in zip(document.pages, pages, strict=True):
        links = [file.add(link(annotated, document.bookmarks, pages)) for annotated in page.links]
        contents = file.stream(painter.content(page))
        body.data = _page(page, tree, resources, contents, links)
    tree.data = dictionary(Type=b"/Pages", Count=b"%d" % len(pages), Kids=listing(body.reference for body in pages))
    names = {codes.label.removeprefix("/"): embed(file, codes) for codes in painter.used.values()}
    resources.data = dictionary(Font=dictionary(**names))
    return file.finish(_catalog(file, document, tree, pages), _info(document), identity)


def _page(page: Page, tree: Body, resources: Body, contents: bytes, links: list[bytes]) -> bytes:
    """A page's dictionary."""
    return dictionary(
        Type=b"/Page",
        Parent=tree.reference,
        MediaBox=numbers(0, 0, page.width, page.height),
        Resources=resources.reference,
        Contents=contents,
        Annots=listing(links) if links else b"",
    )


def _catalog(file: File, document: Document, tree: Body, pages: list[Body]) -> bytes:
    """The root: language, title in the window, bookmarks open at its side."""
    return dictionary(
        Type=b"/Catalog",
        Pages=tree.reference,
        Lang=text_string(document.language),
        ViewerPreferences=dictionary(DisplayDocTitle=b"true"),
        PageMode=b"/UseOutlines" if document.bookmarks else b"/UseNone",
        Outlines=outline(file, document.bookmarks, pages),
    )


def _info(document: Document) -> bytes:
    """Document properties; no dates, which would differ from build to build."""
    return dictionary(
        Title=text_string(document.title),
        Author=text_string(document.author),
        Subject=text_string(document.subject),
        Keywords=text_string("，".join(document.keywords)),
        Producer=text_string(f"budgetreport {budgetreport.__version__}"),
    )
