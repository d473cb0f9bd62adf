"""What checks find, one JSON object a line."""

import json
import sys
from typing import TextIO


class Report:
    """Collects findings. A remark is a finding that no test fails for."""

    def __init__(self, stream: TextIO = sys.stdout) -> None:
        self._stream = stream
        self._seen: set[tuple[str, str, str]] = set()

    def find(self, page: str, rule: str, detail: str = "") -> None:
        """Something on the page breaks the rule."""
        self._write(page, rule, detail, remark=False)

    def remark(self, page: str, rule: str, detail: str = "") -> None:
        """Something is worth knowing."""
        self._write(page, rule, detail, remark=True)

    def _write(self, page: str, rule: str, detail: str, remark: bool) -> None:
        if (page, rule, detail) in self._seen:
            return
        self._seen.add((page, rule, detail))
        line = {"page": page, "rule": rule, "detail": detail, "remark": remark}
        print(json.dumps(line, ensure_ascii=False), file=self._stream, flush=True)
