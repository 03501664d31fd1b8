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
    """A staff number as lms.people.cells has it."""

    regex = "[0-9A-Za-z][0-9A-Za-z-]{0,31}"


register_converter(KeyConverter, "lms_key")
register_converter(StaffNumberConverter, "lms_staff_number")
