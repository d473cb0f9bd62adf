"""Reads a served catalog as MIT Learn does, and prints as JSON what it got.

What MIT Learn does was taken from its behaviour; with the standard library alone:

    python3 Tests/LearnClient import --connect 127.0.0.1:8080 --api-key KEY \\
        --courses https://mitxonline.mit.edu/api/internal/courses/ \\
        --programs https://mitxonline.mit.edu/api/v2/programs/
    python3 Tests/LearnClient products --connect 127.0.0.1:8080 --site https://mitxonline.mit.edu \\
        --origin https://learn.mit.edu --course course-v1:MITx+6.100x --program program-v1:MITx+P1

It ends with status 1 and one line where MIT Learn would raise.
"""

import argparse
import json
import sys
from datetime import datetime, timezone
from typing import Any

from connection import Server
from failure import LearnFailure
from importing import run_import
from product_pages import Browser, read_product


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="LearnClient", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="what the ETL reads")
    importing.add_argument("--courses", required=True, metavar="URL")
    importing.add_argument("--programs", required=True, metavar="URL")
    importing.add_argument("--api-key", default="", metavar="KEY")
    importing.add_argument("--now", type=datetime.fromisoformat, default=datetime.now(timezone.utc), metavar="INSTANT")
    products = commands.add_parser("products", help="what the product pages read")
    products.add_argument("--site", required=True, metavar="URL")
    products.add_argument("--origin", required=True, metavar="ORIGIN")
    products.add_argument("--course", action="append", default=[], metavar="READABLE-ID")
    products.add_argument("--program", action="append", default=[], metavar="READABLE-ID")
    for command in (importing, products):
        command.add_argument("--connect", required=True, metavar="HOST:PORT|unix:PATH", help="where the server is")
    return parser.parse_args()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Everything that the command reads."""
    server = Server(options.connect)
    if options.command == "import":
        return run_import(server, options.courses, options.programs, options.api_key, options.now)
    browser = Browser(server, options.site, options.origin)
    return {
        "courses": [read_product(browser, "courses", readable_id) for readable_id in options.course],
        "programs": [read_product(browser, "programs", readable_id) for readable_id in options.program],
    }


if __name__ == "__main__":
    try:
        print(json.dumps(run(arguments())))
    except LearnFailure as failure:
        sys.exit(str(failure))
