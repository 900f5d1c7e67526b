"""What papermill loads when it starts."""

from papermill.engines import NBClientEngine
from papermill.translators import papermill_translators

from .translator import SwiftTranslator


class SwiftVisionEngine(NBClientEngine):
    """papermill's own engine under the kernel's name; it runs notebooks as `nbclient` does."""


# By the kernel's name, and by the language's where nobody else has taken it.
papermill_translators.register("swift-vision", SwiftTranslator)
papermill_translators._translators.setdefault("swift", SwiftTranslator)
