"""The Nu HTML checker on all pages."""

import json
import os
import re
import subprocess
from urllib.parse import unquote, urlsplit

from report import Report
from tree import Site

ALLOWED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "nu-allowed.txt")


def check_markup(site: Site, jar: str, report: Report) -> None:
    """Reports every error and warning that the list of newer features does not name."""
    allowed = _allowed()
    command = ["/usr/bin/java", "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--skip-non-html"]
    result = subprocess.run(
        command + ["--no-langdetect", site.folder], capture_output=True, text=True, check=False, encoding="utf-8")
    try:
        messages = json.loads(result.stdout)["messages"]
    except (ValueError, KeyError):
        raise SystemExit(f"the checker does not answer: {result.stderr or result.stdout}") from None
    for message in messages:
        text = message["message"]
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        if any(re.fullmatch(pattern, text) for pattern in allowed):
            continue
        file = os.path.relpath(unquote(urlsplit(message.get("url", "")).path), site.folder)
        place = f"{message.get('lastLine', 0)}:{message.get('lastColumn', 0)}"
        report.find(file, f"nu:{message.get('subType', message['type'])}", f"{place}: {text}")
    report.remark("", "nu", f"{len(site.pages)} pages")


def _allowed() -> list[str]:
    """The patterns of messages about features newer than the checker; a line is a pattern, ` # `, and the reason."""
    patterns = []
    with open(ALLOWED, encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            pattern, mark, reason = line.partition(" # ")
            if not mark or not reason.strip():
                raise SystemExit(f"{ALLOWED}:{number}: no reason is given")
            patterns.append(pattern.strip())
    return patterns
