"""Faults of what the engine was given: mistakes of the caller, never of a reader of the site."""


class EngineError(Exception):
    """Root of the engine's errors.

    Attributes:
        code: stable name of the fault, for tests and for the API's table of errors.
    """

    code = "engine_error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class FrameError(EngineError):
    """A frame is not what its schema says.

    Codes: ``unknown_frame``, ``missing_column``, ``unexpected_column``, ``wrong_dtype``,
    ``missing_value``, ``out_of_range``, ``duplicate_row``, ``ragged_row``.

    Attributes:
        frame: name of the schema.
        column: the column at fault; None when the fault is of the whole frame.
    """

    def __init__(
        self, code: str, message: str, *, frame: str = "", column: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.frame = frame
        self.column = column


class NaiveInstant(EngineError):
    """An ``as_of`` without a time zone: it would mean another moment on another machine."""

    code = "naive_instant"


class InvalidWeights(EngineError):
    """Weights under which gaining a skill could lower a score, or a score could leave 0..1."""

    code = "invalid_weights"


class UnknownRule(EngineError):
    """A level rule that is not in ``levels.RULES``."""

    code = "unknown_rule"


class InvalidTeamRules(EngineError):
    """Rules for teams of which a number is below what makes sense."""

    code = "invalid_team_rules"


class InvalidTeamProblem(EngineError):
    """Projects, needs or pins that cannot be what was meant."""

    code = "invalid_team_problem"


class InvalidPlan(EngineError):
    """Courses, goals or hours of a learning plan that cannot be what was meant."""

    code = "invalid_plan"
