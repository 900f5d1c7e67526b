"""Where the executables under test are.

VISION_BUILD names their folder; without it the release build of this checkout is used.
"""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("VISION_BUILD") or CHECKOUT / ".build/release")
