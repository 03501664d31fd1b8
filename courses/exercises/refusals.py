"""Why a file or an exercise is refused: one stable reason each, said in plain words. Pure."""

from courses.exceptions import CoursesError


def _(text: str) -> str:
    """Marks a text for translation; the Django side translates it for its reader."""
    return text


REASONS: dict[str, str] = {
    # The file as a whole
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit)d KB. Hand in the table alone."),
    "old_excel": _("This is an old Excel file (.xls). Save it as CSV UTF-8 or as .xlsx."),
    "not_a_table": _("This is neither a CSV nor an Excel file (.xlsx)."),
    "not_as_named": _(
        "The name ends in “%(ending)s”, but the file is something else inside. "
        "Save it again from your spreadsheet program; renaming is not enough."
    ),
    "format_not_wanted": _("This exercise takes %(formats)s only."),
    "unknown_encoding": _(
        "Line %(line)d can be read neither as UTF-8 nor as Shift_JIS. "
        "Save the file again as CSV UTF-8."
    ),
    "nul": _("Line %(line)d holds a NUL character: this is not a text file."),
    "too_many_rows": _("The file has more than %(limit)d rows."),
    "too_many_columns": _("Line %(line)d has more than %(limit)d values."),
    "cell_too_long": _("Line %(line)d holds a value of more than %(limit)d characters."),
    "not_this_table": _(
        "None of the columns %(columns)s was found. Is this the file of this exercise?"
    ),
    "no_rows": _("Below the column names there is no row."),
    # Excel
    "damaged_excel": _("The Excel file is damaged or protected by a password."),
    "excel_too_large": _("Unpacked, the Excel file is too large. Hand in the table alone."),
    "excel_active": _("The Excel file holds macros or XML that is not taken. Save it as .xlsx."),
    # What an author sets
    "spec_shape": _("The description of the exercise is not understood: %(place)s."),
    "no_columns": _("Name at least one column."),
    "column_twice": _("The column “%(column)s” stands there twice."),
    "key_unknown": _("The key “%(column)s” is no column of the table."),
    "unknown_rule": _("There is no rule “%(rule)s”."),
    "rule_twice": _("The rule “%(rule)s” was picked twice."),
    "no_rules": _("Pick at least one rule."),
    "expected_fails": _("The expected file does not score 100 %% by these rules."),
    "expected_repeats_key": _("The expected file has the key “%(key)s” more than once."),
}


class ExerciseRefused(CoursesError):
    """Root of the refusals here. `reason` is a key of `REASONS`, stable."""

    code = "exercise_refused"

    def __init__(self, reason: str, *, place: str = "", **params: object) -> None:
        params = {"place": place} | params
        super().__init__(REASONS[reason] % params, place=place, params=params)
        self.reason = reason


class FileRefused(ExerciseRefused):
    """A file that cannot be read as a table, so that there is nothing to grade."""

    code = "exercise_file_refused"


class InvalidExercise(ExerciseRefused):
    """What an author set cannot be graded by."""

    code = "invalid_exercise"
