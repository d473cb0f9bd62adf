"""Pictures and prints of pages."""

import base64
import os
import re

from chrome import SCHEMES, Browser
from report import Report
from tree import Page

WIDTHS = (320, 768, 1440)

TALLEST = 16_000
"""Pixels; a taller picture the browser would fill by repeating its beginning."""


def take_pictures(browser: Browser, pages: list[Page], folder: str, report: Report) -> None:
    """Writes `PAGE-WIDTH-SCHEME.png` for each page, as high as the page is."""
    os.makedirs(folder, exist_ok=True)
    for page in pages:
        browser.emulate()
        browser.open(page)
        for width in WIDTHS:
            for scheme in SCHEMES:
                browser.emulate(width, scheme, moving=False)
                _load_lazy_images(browser)
                size = browser.command("Page.getLayoutMetrics")["cssContentSize"]
                height = min(size["height"], TALLEST)
                clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
                picture = browser.command("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
                name = re.sub(r"[^\w.+-]+", "_", page.address.strip("/")) or "home"
                path = os.path.join(folder, f"{name}-{width}-{scheme}.png")
                with open(path, "wb") as stream:
                    stream.write(base64.b64decode(picture["data"]))
                report.remark(page.address, "picture", path)


def _load_lazy_images(browser: Browser) -> None:
    browser.driver.execute_async_script(
        """
        const done = arguments[arguments.length - 1], images = [...document.images];
        images.forEach(image => image.loading = 'eager');
        Promise.allSettled([document.fonts.ready, ...images.map(image => image.decode())]).then(() => done());
        """
    )


def check_printing(browser: Browser, pages: list[Page], report: Report) -> None:
    """Prints each page to a PDF, which must have text on it; a certificate on one sheet, as large as its style says."""
    browser.emulate()
    for page in pages:
        browser.open(page)
        is_certificate = browser.run("return document.querySelector('.certificate') !== null")
        printed = browser.command("Page.printToPDF", preferCSSPageSize=is_certificate)
        document = base64.b64decode(printed["data"])
        count = len(re.findall(rb"/Type\s*/Page\b(?!s)", document))
        report.remark(page.address, "print", f"{count} pages, {len(document)} bytes")
        if not document.startswith(b"%PDF-") or count == 0:
            report.find(page.address, "print-empty", "no page")
        elif b"/FontDescriptor" not in document:
            report.find(page.address, "print-empty", "no text")
        elif is_certificate and count != 1:
            report.find(page.address, "print-sheets", f"a certificate on {count} sheets")
