"""How far a score can be trusted. Pure."""

from enum import StrEnum

# H5P rounds `scaled` to four digits (H5P.XAPIEvent.setScoredResult).
ROUNDING = 0.0001


class ScoreAssurance(StrEnum):
    """Who says the score; `refuted` = the response is worth less than the score claimed."""

    SERVER_GRADED = "server_graded"
    CLAIMED = "claimed"
    REFUTED = "refuted"


def score_assurance(claimed: float | None, graded: float | None) -> ScoreAssurance:
    """
    Args:
        claimed: fraction the statement says; None = none.
        graded: fraction the server found the response to be worth; None = it cannot tell.
    """
    if graded is None:
        return ScoreAssurance.CLAIMED
    if claimed is not None and claimed > graded + ROUNDING:
        return ScoreAssurance.REFUTED
    return ScoreAssurance.SERVER_GRADED
