"""Reading one item as MIT Learn does: some fields it must have, others may be missing or null."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from failure import LearnFailure


class Fields:
    """The fields of a JSON object; `name` says in messages which object it is."""

    def __init__(self, value: Any, name: str) -> None:
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        self.name = name

    def optional(self, field: str) -> Any:
        """The value, None when it is missing or null."""
        return self.value.get(field)

    def text(self, field: str, limit: int | None = None) -> str:
        """A text that must be there and fit the column that Learn keeps it in."""
        found = self.optional_text(field, limit)
        if found is None:
            raise self.failure(field, "is missing")
        return found

    def optional_text(self, field: str, limit: int | None = None) -> str | None:
        """A text that fits its column."""
        found = self.optional(field)
        if found is None:
            return None
        if not isinstance(found, str):
            raise self.failure(field, "is not a text")
        if limit is not None and len(found) > limit:
            raise self.failure(field, f"is longer than {limit} characters")
        return found

    def integer(self, field: str) -> int | None:
        """An integer."""
        found = self.optional(field)
        if found is not None and (not isinstance(found, int) or isinstance(found, bool)):
            raise self.failure(field, "is not an integer")
        return found

    def money(self, field: str) -> Decimal | None:
        """An amount with two digits after the point."""
        found = self.optional(field)
        if found is None:
            return None
        if not isinstance(found, int | float) or isinstance(found, bool):
            raise self.failure(field, "is not a number")
        return Decimal(str(found)).quantize(Decimal("0.01"))

    def instant(self, *fields: str) -> datetime | None:
        """The first of several instants that is there."""
        for field in fields:
            text = self.optional_text(field)
            if text is not None:
                try:
                    return datetime.fromisoformat(text)
                except ValueError as error:
                    raise self.failure(field, "is not an instant") from error
        return None

    def objects(self, field: str, required: bool = False) -> "list[Fields]":
        """A list of objects; where it may be missing, that is an empty one, but null never is."""
        if field not in self.value and not required:
            return []
        found = self.optional(field)
        if not isinstance(found, list):
            raise self.failure(field, "is not a list")
        return [Fields(element, f"{self.name}: {field}[{index}]") for index, element in enumerate(found)]

    def names(self, field: str) -> list[str]:
        """The `name` of each object of a list, which none may lack."""
        return [entry.text("name") for entry in self.objects(field)]

    def failure(self, field: str, problem: str) -> LearnFailure:
        """What Learn raises about a field."""
        return LearnFailure(f"{self.name}: {field} {problem}")
