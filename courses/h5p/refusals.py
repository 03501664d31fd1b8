"""Why a package is refused: one stable reason each, said in plain words."""

from courses.exceptions import CoursesError


def _(text: str) -> str:
    """Marks a text for translation; the Django side translates it for its reader."""
    return text


REASONS: dict[str, str] = {
    # The archive
    "not_a_zip": _("This is not an H5P package: the file is not a zip archive."),
    "truncated": _("The archive is incomplete: it ends too early."),
    "directory_damaged": _("The archive is damaged: its list of entries cannot be read."),
    "end_missing": _("The archive has no end: it is incomplete, or something follows it."),
    "split_archive": _("The archive is only one part of several."),
    "not_inflatable": _("The archive is damaged: the entry cannot be unpacked."),
    "second_archive": _("The file contains more than one archive."),
    "prefix_bytes": _("There is something in front of the archive."),
    "trailing_bytes": _("There is something behind the archive."),
    "hidden_bytes": _("There is something between the entries of the archive."),
    "overlapping_entries": _("Two entries of the archive share the same bytes."),
    "zip64": _("The archive uses the zip64 format, which no H5P package needs."),
    "headers_disagree": _("The archive describes this entry in two different ways."),
    "encrypted": _("The entry is encrypted."),
    "unknown_compression": _("The entry is compressed by a method other than store or deflate."),
    "special_file": _("The entry is a link or a device, not a file."),
    "wrong_checksum": _("The entry does not have the checksum that the archive gives."),
    "wrong_size": _("The entry does not have the size that the archive gives."),
    # Limits
    "package_too_large": _("The package is larger than %(limit)d bytes."),
    "entry_too_large": _("The file is larger than %(limit)d bytes."),
    "total_too_large": _("Unpacked, the package is larger than %(limit)d bytes."),
    "too_many_entries": _("The package has more than %(limit)d entries."),
    "ratio_too_high": _("The file inflates to more than %(limit)d times its packed size."),
    # Names
    "name_undecodable": _("The file name is neither UTF-8 nor Shift_JIS."),
    "name_absolute": _("The file name is an absolute path."),
    "name_backslash": _("The file name contains a backslash."),
    "name_drive": _("The file name contains a colon."),
    "name_segment": _("The file name contains an empty, “.” or “..” segment."),
    "name_characters": _("The file name contains control or direction characters."),
    "name_too_long": _("A part of the file name is longer than %(limit)d bytes."),
    "path_too_long": _("The file name with its folders is longer than %(limit)d bytes."),
    "name_too_deep": _("The file lies more than %(limit)d folders deep."),
    "name_duplicate": _("Two files have the same name, or differ only in letter case."),
    # Kinds of file
    "extension_not_allowed": _("Files of this kind are not allowed here."),
    "not_that_image": _("The file is not the kind of image its name says."),
    "svg_too_many": _("The SVG image has more than %(limit)d tags."),
    "svg_unreadable": _("The SVG image cannot be read: see line %(line)d."),
    "svg_active": _("The SVG image contains script or refers to something outside: %(what)s."),
    # JSON
    "json_too_large": _("The JSON file is larger than %(limit)d bytes."),
    "json_too_many": _("The JSON file holds more than %(limit)d values."),
    "json_not_utf8": _("The JSON file is not UTF-8."),
    "json_invalid": _("The file is not valid JSON: see line %(line)d."),
    "json_too_deep": _("The JSON file is nested deeper than %(limit)d levels."),
    "json_number": _("The JSON file contains a number outside the usual range: %(what)s."),
    "json_duplicate_key": _("The JSON file contains the key “%(key)s” twice in one object."),
    "json_text": _("The JSON file contains text with NUL or half characters."),
    "json_not_object": _("The JSON file does not contain an object."),
    # h5p.json and content.json
    "h5p_json_missing": _("The package has no h5p.json."),
    "content_json_missing": _("The package has no content/content.json."),
    "h5p_json_field": _("h5p.json lacks “%(field)s”, or it is not understood."),
    "main_library_missing": _("h5p.json names no main library, or does not say its version."),
    "main_library_not_runnable": _("%(library)s is only part of other types; it cannot be played."),
    # Libraries
    "libraries_missing": _("The file contains no H5P library."),
    "library_json_missing": _("The folder has no library.json."),
    "library_json_field": _("library.json lacks “%(field)s”, or it is not understood."),
    "library_folder": _("The folder and its library.json disagree: the library is %(library)s."),
    "library_duplicate": _("The package contains %(library)s twice."),
    "library_file_missing": _("%(library)s loads a file that it does not contain: %(file)s."),
    "library_too_new": _("%(library)s needs a newer H5P core than this player has."),
    "library_differs": _("%(library)s is installed with other contents and is not replaced."),
    "library_not_installed": _("%(library)s is not installed. Ask the librarian to install it."),
    "dependency_missing": _("%(library)s is needed, but neither in the package nor installed."),
    "dependency_cycle": _("Libraries load each other in a circle: %(library)s."),
}


class PackageRefused(CoursesError):
    """A package, library or content breaks one of the import rules. Nothing was written.

    Attributes:
        reason: key of `REASONS`, stable; tells the rule.
        place: the entry, file or library at fault; empty = the package as a whole.
    """

    code = "h5p_refused"

    def __init__(self, reason: str, *, place: str = "", **params: object) -> None:
        super().__init__(REASONS[reason] % params, place=place, params=params)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message
