"""Renders the PNG logos from logo-svg.svg. Needs `pip install resvg-py`; run it after a change."""

from pathlib import Path

import resvg_py

folder = Path(__file__).parent
svg = (folder / "logo-svg.svg").read_text()
for size in (32, 64):
    png = resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size)
    (folder / f"logo-{size}x{size}.png").write_bytes(bytes(png))
