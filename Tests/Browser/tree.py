"""The files of a rendered site, and which page stands for others of its kind."""

import os
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote


@dataclass(frozen=True)
class Page:
    """An HTML file of a site."""

    file: str
    """Its path in the site's folder: `courses/a/index.html`."""

    @property
    def address(self) -> str:
        """Its path as people see it: `courses/a/`; the home page's is empty."""
        folder, name = os.path.split(self.file)
        return (folder + "/" if folder else "") if name == "index.html" else self.file

    @property
    def url_path(self) -> str:
        """The address as it stands in a URL. `:` and `+` are not encoded, as in the site's own links."""
        return quote(self.address, safe="/:+@,;=!$'()*~")


class Site:
    """A folder that holds a site's root."""

    def __init__(self, folder: str) -> None:
        self.folder = os.path.abspath(folder)
        if not os.path.isdir(self.folder):
            raise SystemExit(f"{folder}: no such folder")

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files, relative to the folder."""
        found = []
        for folder, _, names in os.walk(self.folder):
            start = os.path.relpath(folder, self.folder)
            found += [name if start == "." else f"{start}/{name}" for name in names]
        return frozenset(found)

    @cached_property
    def pages(self) -> list[Page]:
        """All HTML files, by path."""
        return [Page(file) for file in sorted(self.files) if file.endswith(".html")]

    def having(self, extension: str) -> list[str]:
        """The files whose name ends so, by path."""
        return sorted(file for file in self.files if file.endswith(extension))

    def path(self, file: str) -> str:
        """Where a file of the site is."""
        return os.path.join(self.folder, file)

    def text(self, file: str) -> str:
        """What a file of the site holds."""
        with open(self.path(file), encoding="utf-8") as stream:
            return stream.read()

    def leads_on(self, page: Page) -> bool:
        """Whether the page shows another instead of itself."""
        return '<meta http-equiv="refresh"' in self.text(page.file)

    @cached_property
    def representatives(self) -> list[Page]:
        """The largest page of each kind.

        A page with pages below it, or at the top, is a kind of its own: the home page, a catalog, a list. The others
        of one folder are of one kind: courses, programs, instructors.
        """
        parents = set()
        for page in self.pages:
            folder = os.path.dirname(page.address.rstrip("/"))
            while folder:
                parents.add(folder + "/")
                folder = os.path.dirname(folder)
        kinds: dict[str, Page] = {}
        for page in self.pages:
            above = os.path.dirname(page.address.rstrip("/"))
            kind = page.address if page.address in parents or not above else above + "/*"
            if kind not in kinds or self._size(page) > self._size(kinds[kind]):
                kinds[kind] = page
        return sorted(kinds.values(), key=lambda page: page.file)

    def _size(self, page: Page) -> int:
        return os.path.getsize(self.path(page.file))
