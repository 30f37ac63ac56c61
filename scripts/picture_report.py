"""`python -m scripts.picture_report`: docs/report.png, the beginning of the demo's report."""

from __future__ import annotations

from pathlib import Path

from scripts.browser import ALL_DRAWN, headless_browser

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "output" / "demo" / "report.html"
PICTURE = ROOT / "docs" / "report.png"
WIDTH, HEIGHT = 1240, 1312


def main() -> None:
    """Open the report and take a picture of it."""
    with headless_browser() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(REPORT.as_uri())
        page.wait_for_function(ALL_DRAWN)
        page.screenshot(path=PICTURE)
    print(f"{PICTURE.relative_to(ROOT)} taken")


if __name__ == "__main__":
    main()
