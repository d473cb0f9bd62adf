"""Debian's Chromium without a window, driven by Debian's chromedriver, and kept from the network."""

import json
import shutil
import tempfile
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from tree import Page, Site

WIDE = 1440
NARROW = 320
"""CSS pixels: of a usual window, and of the narrowest that WCAG 2.2 asks pages to fit into (1.4.10)."""

SCHEMES = ("light", "dark")

_OWN = ("chrome:", "chrome-error:", "chrome-extension:", "devtools:", "about:")
"""The beginnings of addresses that are the browser's own."""


class Browser:
    """One browser, in which the pages of a site are opened: from the server at `origin`, or without one from disk."""

    def __init__(self, site: Site, origin: str | None) -> None:
        self.base = (origin or f"file://{site.folder}") + "/"
        self.from_disk = origin is None
        self._profile = tempfile.mkdtemp(prefix="flows-chromium-")
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--hide-scrollbars",
            f"--user-data-dir={self._profile}",
            # Whatever a page asks for, nothing but the server under test can be reached.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
        environment = {"PATH": "/usr/bin:/bin", "HOME": self._profile, "TMPDIR": self._profile, "LANG": "C.UTF-8"}
        try:
            self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver", env=environment), options=options)
        except BaseException:
            shutil.rmtree(self._profile, ignore_errors=True)
            raise
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(120)
        self.command("Emulation.setFocusEmulationEnabled", enabled=True)

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.driver.quit()
        finally:
            shutil.rmtree(self._profile, ignore_errors=True)

    def command(self, name: str, **parameters: Any) -> Any:
        """Sends a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a function body in the page."""
        return self.driver.execute_script(script, *arguments)

    def emulate(self, width: int = WIDE, scheme: str = "light", moving: bool = True) -> None:
        """Sets the window's width, and what the reader prefers."""
        height = 800 if width <= 480 else 1000
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "no-preference" if moving else "reduce"},
        ]
        self.command("Emulation.setEmulatedMedia", media="", features=features)

    def address(self, page: Page) -> str:
        """The URL at which a page is opened.

        The page that says that nothing was found is the answer to an address where nothing is, at some depth.
        """
        if self.from_disk:
            return self.base + Page(page.file).url_path + ("index.html" if page.file.endswith("index.html") else "")
        return self.base + ("nothing/is/here/" if page.file == "404.html" else page.url_path)

    def open(self, page: Page, suffix: str = "") -> None:
        """Loads a page, and forgets what was logged before."""
        self.forget()
        self.driver.get(self.address(page) + suffix)

    def forget(self) -> None:
        """Forgets what was logged."""
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    def complaints(self, page: Page | None = None) -> list[str]:
        """What the console says from warnings upwards, but for the answer of `page` that it is not found."""
        own = None if page is None or page.file != "404.html" else self.address(page)
        entries = [entry for entry in self.driver.get_log("browser") if entry["level"] in ("WARNING", "SEVERE")]
        return [
            f"{entry['source']}: {entry['message']}".replace(self.base, "/")
            for entry in entries
            if own is None or not entry["message"].startswith(f"{own} - Failed to load resource")
        ]

    def outside_requests(self) -> list[str]:
        """The addresses outside the site that were asked for."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
            elif message["method"] == "Network.webSocketCreated":
                asked.append(message["params"]["url"])
        return [url for url in asked if not url.startswith((self.base, *_OWN))]
