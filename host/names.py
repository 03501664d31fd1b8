"""How a person's name is written: everything that names an account asks its `get_full_name`."""

import unicodedata
from typing import Any

# What Unicode calls the letters that names are written in where the family name comes first.
FAMILY_NAME_FIRST = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def full_name(account: Any) -> str:
    """熊谷 健, but Ann Smith: the script of the name decides, not the language of the reader.

    Empty where the account has no name.
    """
    given, family = account.first_name.strip(), account.last_name.strip()
    is_family_first = any(
        unicodedata.name(letter, "").startswith(FAMILY_NAME_FIRST) for letter in given + family
    )
    return " ".join(filter(None, (family, given) if is_family_first else (given, family)))
