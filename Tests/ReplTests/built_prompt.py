"""Which visionrepl is under test."""

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def executable():
    """The path in VISIONREPL, or the newest build of this checkout."""
    if "VISIONREPL" in os.environ:
        return os.environ["VISIONREPL"]
    builds = [ROOT / ".build" / kind / "visionrepl" for kind in ("release", "debug")]
    found = [path for path in builds if path.exists()]
    if not found:
        pytest.fail("visionrepl is not built: run 'swift build' first")
    return str(max(found, key=lambda path: path.stat().st_mtime))
