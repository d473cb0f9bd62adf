"""MIT Learn's import: the courses, then the programs, then the courses of each program."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from connection import Server
from courses import read_course
from lists import items
from programs import look_up, read_program


def run_import(server: Server, courses_url: str, programs_url: str, api_key: str, now: datetime) -> dict[str, Any]:
    """Everything that one import reads: each document, with what Learn makes of it.

    The key goes to the address of the courses only, and only if there is one.
    """
    credentials = {"Authorization": f"Api-Key {api_key}"} if api_key else {}
    courses = []
    for document in items(server, courses_url, credentials):
        course = read_course(document, now)
        courses.append({"document": document, "view": asdict(course) if course else None})
    programs = []
    for document in items(server, programs_url, {}):
        program = read_program(document)
        lookups = [asdict(lookup) for lookup in look_up(server, courses_url, program, credentials)]
        programs.append({"document": document, "view": asdict(program), "lookups": lookups})
    return {"courses": courses, "programs": programs}
