"""A course as MIT Learn stores it (`spec/catalog.md` §8.2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fields import Fields
from runs import Offer, Run, read_run


@dataclass(frozen=True)
class Course:
    """A course: `certification` is the kind of certificate that some run on offer leads to."""

    readable_id: str
    published: bool
    certification: str
    runs: list[Run]


def read_course(document: Any, now: datetime) -> Course | None:
    """The course that Learn makes of a document, None for one that it leaves out by its title."""
    readable_id = Fields(document, "a course").text("readable_id", 512)
    course = Fields(document, readable_id)
    if "PROCTORED EXAM" in course.text("title", 256).upper():
        return None
    page = Fields(course.optional("page"), f"{readable_id}: page")
    prices = [price for price in (course.money("min_price"), course.money("max_price")) if price is not None]
    offer = Offer(now, bool(page.optional("page_url")), bool(page.optional("live")), prices)
    runs = [read_run(run, offer) for run in course.objects("courseruns", required=True)]
    _read_what_is_only_shown(course, page)
    return Course(
        readable_id=readable_id,
        published=offer.has_page
        and offer.page_is_live
        and any(run.published for run in runs)
        and bool(course.optional("include_in_learn_catalog")),
        certification=_certification(course, runs),
        runs=runs,
    )


def _certification(course: Fields, runs: list[Run]) -> str:
    if not any(run.certifies for run in runs):
        return "none"
    kind = course.text("certificate_type")
    return "micromasters" if kind.lower() == "micromasters credential" else "completion"


def _read_what_is_only_shown(course: Fields, page: Fields) -> None:
    """Raises for what Learn could not store."""
    page.names("instructors")
    page.optional_text("description")
    page.optional_text("feature_image_src")
    course.names("topics")
    course.names("departments")
    course.optional_text("availability")
    for field in ("duration", "time_commitment"):
        course.optional_text(field, 256)
    for field in ("min_weeks", "max_weeks"):
        course.integer(field)
