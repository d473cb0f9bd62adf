"""A program as MIT Learn stores it, and the courses it looks up for it (`spec/catalog.md` §8.4)."""

from dataclasses import dataclass
from typing import Any, Iterator

from connection import Server
from failure import LearnFailure
from fields import Fields


@dataclass(frozen=True)
class Program:
    """A program with the ids that its requirement tree names, each once, in the tree's order."""

    readable_id: str
    published: bool
    course_ids: list[int]
    program_ids: list[int]


@dataclass(frozen=True)
class Lookup:
    """What came of asking for a course of a tree: the document, or why it was passed over."""

    course_id: int
    document: Any
    skipped: str | None


def read_program(document: Any) -> Program:
    """The program that Learn makes of a document."""
    readable_id = Fields(document, "a program").text("readable_id", 128)
    program = Fields(document, readable_id)
    if program.integer("id") is None:
        raise program.failure("id", "is missing")
    program.text("title", 256)
    program.optional_text("display_mode")
    _read_what_is_only_shown(program)
    page = Fields(program.optional("page"), f"{readable_id}: page")
    nodes = list(_nodes(program, "req_tree"))
    return Program(
        readable_id=readable_id,
        published=all(page.optional(field) for field in ("page_url", "live", "include_in_learn_catalog")),
        course_ids=_ids(nodes, "course", "course"),
        program_ids=_ids(nodes, "program", "required_program"),
    )


def look_up(server: Server, courses_url: str, program: Program, headers: dict[str, str]) -> Iterator[Lookup]:
    """Asks for each course of the tree, one after the other."""
    for course_id in program.course_ids:
        url = f"{courses_url.rstrip('/')}/{course_id}/?live=True"
        response = server.request(url, headers)
        if response.status >= 400:
            yield Lookup(course_id, None, f"status {response.status}")
            continue
        document = response.json()
        if not isinstance(document, dict) or "id" not in document:
            yield Lookup(course_id, None, "no id")
        elif document["id"] != course_id:
            raise LearnFailure(f"{url}: answers with course {document['id']}")
        elif not Fields(document.get("page"), "page").optional("live"):
            yield Lookup(course_id, None, "page not live")
        else:
            yield Lookup(course_id, document, None)


def _nodes(parent: Fields, field: str) -> Iterator[Fields]:
    for node in parent.objects(field):
        yield Fields(node.optional("data"), node.name)
        yield from _nodes(node, "children")


def _ids(nodes: list[Fields], kind: str, field: str) -> list[int]:
    found = [node.integer(field) for node in nodes if node.optional("node_type") == kind]
    return list(dict.fromkeys(number for number in found if number is not None))


def _read_what_is_only_shown(program: Fields) -> None:
    """Raises for what Learn could not store."""
    program.names("topics")
    departments = program.optional("departments") or []
    if not all(isinstance(department, str) for department in departments):
        program.names("departments")
    for mode in program.objects("enrollment_modes"):
        mode.text("mode_slug")
    for field in ("min_price", "max_price"):
        program.money(field)
    program.instant("start_date", "enrollment_start")
    program.instant("enrollment_end", "end_date")
    for field in ("duration", "time_commitment"):
        program.optional_text(field, 256)
    for field in ("min_weeks", "max_weeks"):
        program.integer(field)
