import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.limits import Limits
from courses.h5p.names import check_distinct, clean_name, decode_name, extension, is_ignored
from courses.h5p.refusals import PackageRefused

LIMITS = Limits()


def reason_of(name: str) -> str:
    with pytest.raises(PackageRefused) as caught:
        clean_name(name, limits=LIMITS)
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("/etc/passwd", "name_absolute"),
        ("//server/share", "name_absolute"),
        ("content/../../x.txt", "name_segment"),
        ("..", "name_segment"),
        ("./h5p.json", "name_segment"),
        ("content//x.txt", "name_segment"),
        ("content/./x.txt", "name_segment"),
        ("", "name_segment"),
        ("content\\x.txt", "name_backslash"),
        ("..\\x.txt", "name_backslash"),
        ("C:/x.txt", "name_drive"),
        ("content/x.txt:stream", "name_drive"),
        ("content/\x00.txt", "name_characters"),
        ("content/\n.txt", "name_characters"),
        ("content/\x7f.txt", "name_characters"),
        ("content/\x85.txt", "name_characters"),
        ("content/\u202egpj.txt", "name_characters"),
        ("content/\u2066x.txt", "name_characters"),
        ("content/" + "あ" * 67 + ".txt", "name_too_long"),
        ("a/" * 20 + "x.txt", "name_too_deep"),
    ],
)
def test_a_name_that_could_mean_another_place_is_refused(name: str, reason: str) -> None:
    assert reason_of(name) == reason


@pytest.mark.parametrize(
    "name",
    ["h5p.json", "content/images/窓口 (1).png", "a/" * 19 + "x", "content/a..b.txt", "content/"],
)
def test_an_ordinary_name_is_kept(name: str) -> None:
    assert clean_name(name, limits=LIMITS) == name


def test_a_decomposed_name_is_composed() -> None:
    assert clean_name("content/か\u3099.png", limits=LIMITS) == "content/が.png"


@given(st.text(max_size=40))
def test_a_kept_name_stays_inside_and_is_kept_again(name: str) -> None:
    try:
        kept = clean_name(name, limits=LIMITS)
    except PackageRefused:
        return
    assert clean_name(kept, limits=LIMITS) == kept
    assert not kept.startswith("/")
    assert not {"..", ".", ""} & set(kept.removesuffix("/").split("/"))
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize(
    ("raw", "is_utf8", "name"),
    [
        ("窓口.png".encode(), True, "窓口.png"),
        ("窓口.png".encode(), False, "窓口.png"),
        ("窓口表.png".encode("cp932"), False, "窓口表.png"),
        (b"plain.png", False, "plain.png"),
    ],
)
def test_names_are_read_in_the_encodings_that_occur(raw: bytes, is_utf8: bool, name: str) -> None:
    assert decode_name(raw, is_utf8=is_utf8) == name


@pytest.mark.parametrize(("raw", "is_utf8"), [("窓".encode("cp932"), True), (b"\x82", False)])
def test_a_name_in_no_known_encoding_is_refused(raw: bytes, is_utf8: bool) -> None:
    with pytest.raises(PackageRefused) as caught:
        decode_name(raw, is_utf8=is_utf8)
    assert caught.value.reason == "name_undecodable"


@pytest.mark.parametrize(
    "names",
    [
        ["a.txt", "a.txt"],
        ["a.txt", "A.TXT"],
        ["straße.txt", "STRASSE.txt"],
        ["か\u3099.txt", "が.txt"],
        ["a", "a/b"],
        ["a/b", "a"],
        ["A/b", "a/B"],
    ],
)
def test_names_that_clash_on_some_system_are_refused(names: list[str]) -> None:
    with pytest.raises(PackageRefused) as caught:
        check_distinct(names)
    assert (caught.value.reason, caught.value.place) == ("name_duplicate", names[1])


def test_different_names_are_distinct() -> None:
    check_distinct(["a/b", "a/c", "ab", "A/d"])


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        (".DS_Store", True),
        ("__MACOSX/content/._x.png", True),
        ("content/_old/x.png", True),
        ("content/x_y.png", False),
        ("content/x.y.png", False),
    ],
)
def test_leftovers_of_file_managers_are_ignored(name: str, ignored: bool) -> None:
    assert is_ignored(name) is ignored


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b.PNG", "png"),
        ("a.b/c", ""),
        (".htaccess", ""),
        ("x.tar.gz", "gz"),
        ("x.", ""),
        ("LICENSE", ""),
    ],
)
def test_the_extension_is_what_stands_behind_the_last_dot_of_the_file(
    name: str, expected: str
) -> None:
    assert extension(name) == expected
