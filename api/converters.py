"""What the parts of an address may look like; anything else is an unknown address."""

from django.urls import register_converter


class KeyConverter:
    """A key as courses.bilingual.KEY_VALIDATOR has it."""

    regex = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StaffNumberConverter(KeyConverter):
    """Whatever HR writes without slashes, spaces and control characters."""

    regex = r"[^/\s\x00-\x1f\x7f]{1,32}"


register_converter(KeyConverter, "lms_key")
register_converter(StaffNumberConverter, "lms_staff_number")
