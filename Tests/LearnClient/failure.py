"""What makes a reader of the catalog give up."""


class LearnFailure(Exception):
    """MIT Learn would raise here: nothing that was read after it counts, and the one line says why."""
