"""The structure tree: what each piece of a page is, for screen readers and for whoever copies text out.

Basis: ISO 32000-1, 14.7 (logical structure), 14.8 (tagged PDF); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetreport.typeset.page import ARTIFACT, Element
from budgetreport.write.pdf.objects import Body, File, dictionary, listing, text_string

_ARTIFACT = "/Artifact BMC"
_NEEDS_ID = "Note"
"""PDF/UA asks for an identifier on each of these (ISO 14289-1, 7.9)."""


class Tags:
    """Gathers the marks of all pages while they are painted; then writes the tree."""

    def __init__(self, file: File, elements: Sequence[Element], pages: int) -> None:
        """`pages`: how many come; the keys of annotations follow after theirs."""
        self._page_count = pages
        self._file = file
        self._elements = elements
        self._bodies = [file.reserve() for _ in elements]
        self._kids: list[list[tuple[int, bytes]]] = [[] for _ in elements]
        self._parents: list[list[bytes]] = []
        self._pages: list[Body] = []
        self._annotated: list[tuple[int, bytes]] = []

    def page(self, body: Body) -> None:
        """The marks from here on are on that page."""
        self._pages.append(body)
        self._parents.append([])

    def mark(self, element: int) -> str:
        """The operator that begins what an element draws on the page at hand; EMC ends it."""
        if element == ARTIFACT:
            return _ARTIFACT
        number = len(self._parents[-1])
        self._parents[-1].append(self._bodies[element].reference)
        self._kids[element].append((len(self._pages) - 1, b"%d" % number))
        return f"/{self._elements[element].tag} <</MCID {number}>> BDC"

    def annotate(self, element: int, annotation: bytes) -> int | None:
        """An annotation belongs to an element; its key in the tree of parents, None for an artifact."""
        if element == ARTIFACT:
            return None
        kid = dictionary(Type=b"/OBJR", Obj=annotation, Pg=self._pages[-1].reference)
        self._kids[element].append((-1, kid))
        self._annotated.append((element, annotation))
        return self._page_count + len(self._annotated) - 1

    def tree(self) -> bytes:
        """Write the tree; returns the reference to its root."""
        root = self._file.reserve()
        below: dict[int, list[int]] = {}
        for index, element in enumerate(self._elements):
            below.setdefault(element.parent, []).append(index)
        named: list[tuple[bytes, bytes]] = []
        for index, element in enumerate(self._elements):
            above = root if element.parent < 0 else self._bodies[element.parent]
            name = text_string(f"{element.tag}{index}") if element.tag == _NEEDS_ID else b""
            if name:
                named.append((name, self._bodies[index].reference))
            self._bodies[index].data = self._element(index, above, below.get(index, []), name)
        root.data = dictionary(
            Type=b"/StructTreeRoot",
            K=listing(self._bodies[index].reference for index in below.get(-1, [])),
            ParentTree=self._parent_tree(),
            ParentTreeNextKey=b"%d" % (len(self._pages) + len(self._annotated)),
            IDTree=self._id_tree(sorted(named)),
        )
        return root.reference

    def _element(self, index: int, above: Body, below: list[int], name: bytes) -> bytes:
        element = self._elements[index]
        marks = self._kids[index]
        page = next((number for number, _ in marks if number >= 0), -1)
        kids = [kid if number in (-1, page) else self._elsewhere(number, kid) for number, kid in marks]
        kids += [self._bodies[child].reference for child in below]
        return dictionary(
            Type=b"/StructElem",
            S=f"/{element.tag}".encode(),
            P=above.reference,
            Pg=self._pages[page].reference if page >= 0 else b"",
            ID=name,
            T=text_string(element.title),
            A=_attributes(element),
            K=kids[0] if len(kids) == 1 else listing(kids) if kids else b"",
        )

    def _elsewhere(self, page: int, mark: bytes) -> bytes:
        """A mark on another page than the element's first."""
        return dictionary(Type=b"/MCR", Pg=self._pages[page].reference, MCID=mark)

    def _parent_tree(self) -> bytes:
        """From marks and annotations back to their elements."""
        entries = [b"%d %b" % (n, listing(parents)) for n, parents in enumerate(self._parents)]
        first = len(self._parents)
        entries += [b"%d %b" % (first + n, self._bodies[e].reference) for n, (e, _) in enumerate(self._annotated)]
        return self._file.add(dictionary(Nums=listing(entries)))

    def _id_tree(self, named: list[tuple[bytes, bytes]]) -> bytes:
        """From identifiers to elements, in the order of the identifiers."""
        if not named:
            return b""
        limits = listing([named[0][0], named[-1][0]])
        leaf = self._file.add(dictionary(Limits=limits, Names=listing(b"%b %b" % one for one in named)))
        return self._file.add(dictionary(Kids=listing([leaf])))


def _attributes(element: Element) -> bytes:
    """A cell's scope and span."""
    said = {
        "Scope": f"/{element.scope}".encode() if element.scope else b"",
        "RowSpan": b"%d" % element.rows if element.rows > 1 else b"",
        "ColSpan": b"%d" % element.columns if element.columns > 1 else b"",
    }
    return dictionary(O=b"/Table", **said) if any(said.values()) else b""
