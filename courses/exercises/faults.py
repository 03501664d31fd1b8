"""Every way of breaking a rule of `texts.RULES`: what is wrong, and how to put it right. Pure."""

from typing import NamedTuple

from courses import japanese_dates


def _(text: str) -> str:
    """Marks a text for translation; who shows it translates it."""
    return text


class Fault(NamedTuple):
    """One row per way of breaking a rule. `%(hint)s` is what to write, where it can be told."""

    rule: str
    what: str
    fix: str


_WRITE = _("Write “%(hint)s”.")
_DATE_FIX = _("Look the date up in the source and write it as 2022-10-19.")

FAULTS: dict[str, Fault] = {
    "cp932": Fault(
        "encoding",
        _("The file is Shift_JIS (CP932)."),
        _("Save it as “CSV UTF-8”, or choose UTF-8 in your editor."),
    ),
    "utf16": Fault(
        "encoding",
        _("The file is UTF-16 (“Unicode text”)."),
        _("Save it as “CSV UTF-8”, or choose UTF-8 in your editor."),
    ),
    "other_delimiter": Fault(
        "csv_syntax",
        _("The values are separated by something other than commas."),
        _("Save the file as CSV, with commas between the values."),
    ),
    "ragged_row": Fault(
        "csv_syntax",
        _("The row has %(found)d values; the header names %(wanted)d columns."),
        _("Put a value that holds a comma into double quotes, or take the comma out."),
    ),
    "quote_open": Fault(
        "csv_syntax",
        _("A double quote opens a value and is never closed."),
        _("Close the quote, or take it out."),
    ),
    "quote_inside": Fault(
        "csv_syntax",
        _("A double quote stands in the middle of a value."),
        _("Put the whole value into double quotes and double the one inside, or take it out."),
    ),
    "line_ends": Fault(
        "csv_syntax",
        _("The line ends are mixed, or a kind that only old programs know."),
        _("Let every line end in CR+LF. Saving again from a spreadsheet program does that."),
    ),
    "title_row": Fault(
        "one_table",
        _("Above the column names there is something else."),
        _("Take the row out. A title belongs into the file name or the description."),
    ),
    "blank_row": Fault(
        "one_table", _("The row is empty."), _("Take it out; data follows on data.")
    ),
    "blank_column": Fault(
        "one_table", _("The column is empty and has no name."), _("Take the column out.")
    ),
    "second_header": Fault(
        "one_table",
        _("The column names stand here once more."),
        _("Take the row out; names are said once, in the first row."),
    ),
    "total_row": Fault(
        "one_table",
        _("This is a total, not data: whoever adds up the column counts it twice."),
        _("Take the row out; a program calculates totals by itself."),
    ),
    "note_row": Fault(
        "one_table",
        _("This is a heading or a note, not data."),
        _("Take the row out. What it says belongs into a column or the description."),
    ),
    "other_sheet": Fault(
        "one_table",
        _("The file has another sheet with something in it; programs read the first only."),
        _("One file, one table: save the other sheet as a file of its own."),
    ),
    "header_empty": Fault("header", _("The column has no name."), _WRITE),
    "header_repeated": Fault(
        "header",
        _("Another column has the same name."),
        _("Give every column a name of its own."),
    ),
    "header_line_break": Fault("header", _("The name contains a line break."), _WRITE),
    "header_differs": Fault("header", _("The name is written differently."), _WRITE),
    "header_missing": Fault(
        "header", _("The column is missing."), _("Add the column under exactly this name.")
    ),
    "header_unknown": Fault(
        "header",
        _("The table is not to have a column of this name."),
        _("Take the column out, or correct its name."),
    ),
    "merged": Fault(
        "merged_cells",
        _("The cells are merged."),
        _("Undo the merge and write the value into every row."),
    ),
    "formula": Fault(
        "formulas",
        _("This is a formula, or it looks like one."),
        _("Copy the cells and paste them as values."),
    ),
    "object": Fault(
        "objects",
        _("The file holds a picture, a chart or a shape."),
        _("Take it out, and write what it says into a column."),
    ),
    "edge_space": Fault("whitespace", _("There is a space in front or at the end."), _WRITE),
    "wide_space": Fault("whitespace", _("There is a full-width space inside."), _WRITE),
    "space_run": Fault("whitespace", _("There are tabs or several spaces in a row."), _WRITE),
    "line_break": Fault("whitespace", _("There is a line break inside the value."), _WRITE),
    "several_values": Fault(
        "one_value",
        _("There is more than one value in the cell."),
        _("Make one row of each value, or put them into columns of their own."),
    ),
    "fullwidth_digits": Fault("numbers", _("The digits are full-width."), _WRITE),
    "thousands": Fault("numbers", _("There is a thousands separator."), _WRITE),
    "minus_mark": Fault("numbers", _("The minus is not written as “-”."), _WRITE),
    "approximate": Fault(
        "numbers",
        _("There is a word such as 約 or 以上 in the cell."),
        _("Write %(hint)s if the source agrees; put the remark into a column of its own."),
    ),
    "footnote": Fault(
        "numbers",
        _("There is a note or a note mark beside the number."),
        _("Write %(hint)s, and put the note into a column of its own."),
    ),
    "number_as_text": Fault(
        "numbers",
        _("The cell holds text that looks like a number."),
        _("Set the column to numbers in the spreadsheet and enter %(hint)s."),
    ),
    "decimal": Fault(
        "numbers", _("A whole number is wanted here."), _("Look up the value in the source.")
    ),
    "word_for_number": Fault(
        "numbers",
        _("Here is a word where a number should be."),
        _("Write %(hint)s; that is the number it means."),
    ),
    "not_a_number": Fault(
        "numbers",
        _("This is not a number."),
        _("Write the number in half-width digits, or leave the cell empty and say why beside."),
    ),
    "unit_in_value": Fault("units", _("The unit stands in the cell."), _WRITE),
    "currency_mark": Fault("units", _("The currency stands in the cell."), _WRITE),
    "unit_not_in_header": Fault("units", _("The column name does not say the unit."), _WRITE),
    "date_era": Fault("dates", _("The date is in the Japanese calendar."), _WRITE),
    "date_kanji": Fault("dates", _("The date is written with 年, 月 and 日."), _WRITE),
    "date_notation": Fault("dates", _("The date is not in the form 2022-10-19."), _WRITE),
    "date_fullwidth": Fault("dates", _("The date has full-width characters."), _WRITE),
    "date_not_a_day": Fault("dates", japanese_dates.MESSAGES["not_a_day"], _DATE_FIX),
    "date_outside_era": Fault(
        "dates", _("The era had ended by that day, or not begun: it would be %(hint)s."), _DATE_FIX
    ),
    "date_years_disagree": Fault("dates", japanese_dates.MESSAGES["years_disagree"], _DATE_FIX),
    "date_wrong_weekday": Fault(
        "dates", _("Date and weekday do not go together: that day is a %(hint)s."), _DATE_FIX
    ),
    "date_old_calendar": Fault("dates", japanese_dates.MESSAGES["old_calendar"], _DATE_FIX),
    "date_excel_serial": Fault(
        "dates",
        _("This is the number that a spreadsheet keeps for a day, probably %(hint)s."),
        _("Show the column as a date (yyyy-mm-dd) in the spreadsheet, then save it again."),
    ),
    "date_ambiguous_year": Fault(
        "dates", _("It is not clear which part is the year, or in which century."), _DATE_FIX
    ),
    "date_missing_year": Fault("dates", japanese_dates.MESSAGES["missing_year"], _DATE_FIX),
    "date_missing_day": Fault("dates", japanese_dates.MESSAGES["missing_day"], _DATE_FIX),
    "date_has_time": Fault(
        "dates",
        _("There is a time of day in the date."),
        _("Put the time into a column of its own."),
    ),
    "date_unrecognised": Fault("dates", _("This is not a date."), _DATE_FIX),
    "time_notation": Fault("times", _("The time is not in the form 14:00."), _WRITE),
    "not_a_time": Fault(
        "times", _("This is not a time of day."), _("Write hours and minutes as 14:00.")
    ),
    "missing_mark": Fault(
        "missing",
        _("A mark or a word stands for “no value”."),
        _("Leave the cell empty. Where the reason matters, give it a column of its own."),
    ),
    "required_empty": Fault(
        "missing", _("There must be a value here."), _("Look it up in the source.")
    ),
    "lg_zero_lost": Fault(
        "codes", _("The leading zero of the local government code was lost."), _WRITE
    ),
    "lg_no_check_digit": Fault(
        "codes", _("The local government code lacks its sixth digit, the check digit."), _WRITE
    ),
    "lg_wrong_check_digit": Fault(
        "codes",
        _("The check digit does not fit: there is a mistake in the code."),
        _("Look the code up in the official list of local government codes."),
    ),
    "lg_not_a_code": Fault(
        "codes",
        _("A local government code has six digits."),
        _("Write the code, not the name; it keeps its leading zero."),
    ),
    "code_as_number": Fault(
        "codes",
        _("The code is stored as a number; leading zeros get lost."),
        _("Set the column to text in the spreadsheet and enter %(hint)s."),
    ),
    "code_fullwidth": Fault("codes", _("The code has full-width characters."), _WRITE),
    "postal_notation": Fault("codes", _("The postal code is not in the form 176-8501."), _WRITE),
    "postal_mixed": Fault("codes", _("Other rows write the postal code differently."), _WRITE),
    "not_a_postal_code": Fault(
        "codes",
        _("A postal code has seven digits."),
        _("Write it as text, so that a leading zero stays."),
    ),
    "phone_notation": Fault("codes", _("The number is not in the form 03-1234-5678."), _WRITE),
    "not_a_phone_number": Fault(
        "codes",
        _("This is not a complete telephone number."),
        _("Write it with its area code as 03-1234-5678; keep the leading zero."),
    ),
    "ditto_mark": Fault(
        "ditto",
        _("The cell refers to the one above or beside it."),
        _("Write the value itself into every row."),
    ),
    "machine_dependent": Fault(
        "characters", _("“%(character)s” is a character that only some machines have."), _WRITE
    ),
    "halfwidth_kana": Fault("characters", _("There are half-width katakana."), _WRITE),
    "private_character": Fault(
        "characters",
        _("There is a character that the office made for itself (外字)."),
        _("Write a character that every machine has, or kana."),
    ),
    "invisible_character": Fault(
        "characters", _("There is an invisible character in the value."), _WRITE
    ),
    "mixed_width": Fault(
        "spelling",
        _("Other rows of the column write letters and digits in the other width."),
        _WRITE,
    ),
    "variant": Fault("spelling", _("Other rows write the same thing differently."), _WRITE),
    "not_allowed": Fault(
        "spelling",
        _("The column takes certain values only, and this is none of them."),
        _("Write one of: %(hint)s."),
    ),
    "degrees_minutes": Fault("coordinates", _("The place is in degrees and minutes."), _WRITE),
    "degrees_swapped": Fault(
        "coordinates",
        _("Latitude and longitude seem to be swapped."),
        _("Latitude in Japan is 20 to 46, longitude 122 to 154."),
    ),
    "degrees_outside": Fault(
        "coordinates",
        _("The place is not in Japan."),
        _("Latitude in Japan is 20 to 46, longitude 122 to 154."),
    ),
    "degrees_notation": Fault(
        "coordinates", _("The degrees are not plain decimal digits."), _WRITE
    ),
    "not_degrees": Fault(
        "coordinates", _("These are no decimal degrees."), _("Write it as 35.7356.")
    ),
    "address_mixed": Fault(
        "addresses",
        _("In other rows the address begins differently, with or without the prefecture."),
        _("Let every address begin with the same part."),
    ),
    "key_empty": Fault(
        "keys", _("The key is empty."), _("Give the row the key that it has in the source.")
    ),
    "key_repeated": Fault(
        "keys",
        _("Line %(first)d has the same key."),
        _("Find out which row is right, or which key is wrong."),
    ),
    "row_missing": Fault(
        "content",
        _("The row with the key “%(key)s” is missing."),
        _("Take it over from the file you were given."),
    ),
    "row_unknown": Fault(
        "content",
        _("There is no row with this key in the source."),
        _("Take the row out, or correct its key."),
    ),
    "value_differs": Fault(
        "content",
        _("The value is not the one that is meant."),
        _("Compare it with the file you were given, and with the instructions."),
    ),
    "rows_lost": Fault(
        "content",
        _("There are %(found)d rows; the source has at least %(wanted)d."),
        _("Do not take out rows that hold data."),
    ),
}
