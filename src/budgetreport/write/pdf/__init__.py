"""The page model as a PDF file. Decides nothing: every position, text and font is settled before."""

from __future__ import annotations

from collections.abc import Sequence

import budgetreport
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import Document, Link, Page
from budgetreport.write.pdf.archive import Attachment, embed_files, metadata, output_intent
from budgetreport.write.pdf.embed import embed
from budgetreport.write.pdf.objects import Body, File, dictionary, listing, numbers, text_string
from budgetreport.write.pdf.outline import link, outline
from budgetreport.write.pdf.paint import Painter
from budgetreport.write.pdf.tags import Tags

__all__ = ["Attachment", "pdf_bytes"]

_PRODUCER = f"budgetreport {budgetreport.__version__}"


def pdf_bytes(
    document: Document,
    fonts: FontSet,
    *,
    level: str = "3a",
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The PDF file of a document: same document, fonts and attachments, same bytes.

    `level` is one of producing.LEVELS: the grade of PDF/A. All are tagged (PDF/UA-1). Only 3a carries attachments.
    """
    file = File()
    tree, resources = file.reserve(), file.reserve()
    pages = [file.reserve() for _ in document.pages]
    tags = Tags(file, document.elements, len(pages))
    painter = Painter(fonts)
    for number, (page, body) in enumerate(zip(document.pages, pages, strict=True)):
        tags.page(body)
        contents = file.stream(painter.content(page, tags.mark))
        links = [_link(file, tags, annotated, document, pages) for annotated in page.links]
        body.data = _page(page, number, tree, resources, contents, links)
    tree.data = dictionary(Type=b"/Pages", Count=b"%d" % len(pages), Kids=listing(body.reference for body in pages))
    names = {codes.label.removeprefix("/"): embed(file, codes) for codes in painter.used.values()}
    resources.data = dictionary(Font=dictionary(**names))
    archived = _archived(file, level, attachments)
    more = {"StructTreeRoot": tags.tree(), "Metadata": metadata(file, document, level, _PRODUCER), **archived}
    return file.finish(_catalog(file, document, tree, pages, more), _info(document))


def _link(file: File, tags: Tags, annotated: Link, document: Document, pages: list[Body]) -> bytes:
    """A link's annotation and its place in the structure."""
    body = file.reserve()
    body.data = link(annotated, document.bookmarks, pages, tags.annotate(annotated.element, body.reference))
    return body.reference


def _archived(file: File, level: str, attachments: Sequence[Attachment]) -> dict[str, bytes]:
    """The catalog's entries for archives."""
    if level == "none":
        return {}
    associated, names = embed_files(file, attachments if level.startswith("3") else ())
    return {"OutputIntents": listing([output_intent(file)]), "AF": associated, "Names": names}


def _page(page: Page, number: int, tree: Body, resources: Body, contents: bytes, links: list[bytes]) -> bytes:  # noqa: PLR0913, PLR0917 - a page's entries
    """A page's dictionary."""
    return dictionary(
        Type=b"/Page",
        Parent=tree.reference,
        MediaBox=numbers(0, 0, page.width, page.height),
        Resources=resources.reference,
        Contents=contents,
        StructParents=b"%d" % number,
        Tabs=b"/S",
        Annots=listing(links) if links else b"",
    )


def _catalog(file: File, document: Document, tree: Body, pages: list[Body], more: dict[str, bytes]) -> bytes:
    """The root: language, title in the window, bookmarks open at its side, structure, archive."""
    return dictionary(
        Type=b"/Catalog",
        Pages=tree.reference,
        Lang=text_string(document.language),
        MarkInfo=dictionary(Marked=b"true"),
        ViewerPreferences=dictionary(DisplayDocTitle=b"true"),
        PageMode=b"/UseOutlines" if document.bookmarks else b"/UseNone",
        Outlines=outline(file, document.bookmarks, pages),
        **more,
    )


def _info(document: Document) -> bytes:
    """Document properties; no dates, which would differ from build to build."""
    return dictionary(
        Title=text_string(document.title),
        Author=text_string(document.author),
        Subject=text_string(document.subject),
        Keywords=text_string("，".join(document.keywords)),
        Producer=text_string(_PRODUCER),
    )
