"""A course run as MIT Learn stores it (`spec/catalog.md` §8.3)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from fields import Fields


@dataclass(frozen=True)
class Offer:
    """What the runs of a course take from it, and Learn's clock."""

    now: datetime
    has_page: bool
    page_is_live: bool
    prices: list[Decimal]


@dataclass(frozen=True)
class Run:
    """A run: `variant` is `b2b` or `language` for one that is kept but never published."""

    run_id: str
    published: bool
    status: str
    prices: list[str]
    variant: str | None
    modes: list[str]

    @property
    def certifies(self) -> bool:
        """Whether it gives its course a certificate."""
        return self.published and self.status == "Current" and "verified" in self.modes


def read_run(document: Fields, offer: Offer) -> Run:
    """The run that Learn makes of a document."""
    run_id = document.text("courseware_id", 128)
    document.text("title", 256)
    document.optional_text("course_number")
    document.instant("start_date", "enrollment_start")
    modes = [mode.text("mode_slug") for mode in document.objects("enrollment_modes")]
    is_enrollable = bool(document.optional("is_enrollable"))
    end = document.instant("enrollment_end", "end_date")
    is_open = is_enrollable and (end is None or end >= offer.now)
    is_current = offer.has_page and is_open
    variant = _variant(document)
    return Run(
        run_id=run_id,
        published=variant is None and is_enrollable and offer.page_is_live,
        status="Current" if is_current else "Archived",
        prices=[str(price) for price in _prices(modes, offer)] if is_current else [],
        variant=variant,
        modes=modes,
    )


def _variant(document: Fields) -> str | None:
    if document.optional("b2b_contract"):
        return "b2b"
    language = document.optional_text("language")
    for entry in document.objects("possible_variant_sets"):
        if entry.optional("language") == language:
            return None if entry.optional("default_variant") else "language"
    return None


def _prices(modes: list[str], offer: Offer) -> list[Decimal]:
    """The course's prices for those who pay, nothing for those who do not; products do not count."""
    free = Decimal("0.00")
    if not any(offer.prices):
        return [free]
    prices = set(offer.prices if "verified" in modes else [])
    if "audit" in modes:
        prices.add(free)
    return sorted(prices) or [free]
