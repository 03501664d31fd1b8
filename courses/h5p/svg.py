"""SVG that only draws. In content it is somebody's upload, and SVG can carry program."""

import re
from xml.parsers import expat

from courses.h5p.refusals import PackageRefused

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
ACTIVE_ELEMENTS = frozenset(
    {
        "script",
        "foreignobject",
        "handler",
        "listener",
        "iframe",
        "embed",
        "object",
        "audio",
        "video",
    }
)
REFERENCES = frozenset({"href", "src", "base", "data", "action", "formaction"})
# What draws without asking anybody: a part of the same file, or pixels written into it.
INTERNAL = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
URL_IN_STYLE = re.compile(r"url\(([^)]*)", re.IGNORECASE)
ACTIVE_STYLE = re.compile(r"@import|expression\s*\(|javascript:|image-set\s*\(|\\", re.IGNORECASE)


class _Checker:
    """Handlers of one parse. Raises PackageRefused from inside the parser."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.depth = 0
        self.style_depth = 0
        self.style: list[str] = []

    def refuse(self, what: str) -> None:
        raise PackageRefused("svg_active", place=self.place, what=what)

    def check_style(self, text: str) -> None:
        if ACTIVE_STYLE.search(text):
            self.refuse("style")
        for match in URL_IN_STYLE.finditer(text):
            address = match[1].strip(" \t\r\n\f\"'")
            if not INTERNAL.match(address):
                self.refuse(f"url({address[:80]})")

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        namespace, _, name = qualified.rpartition(" ")
        name = name.lower()
        if self.depth == 0 and (namespace, name) != (SVG, "svg"):
            raise PackageRefused("not_that_image", place=self.place)
        self.depth += 1
        if name in ACTIVE_ELEMENTS or namespace == XHTML:
            self.refuse(f"<{name}>")
        self.style_depth += name == "style"
        for key, value in attributes.items():
            self.check_attribute(name, key.rpartition(" ")[2].lower(), value)

    def check_attribute(self, element: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.refuse(name)
        if name in REFERENCES and not INTERNAL.match(value):
            self.refuse(f"{name}={value[:80]}")
        # An animation can set what may not stand there.
        animated = value.strip().rpartition(":")[2].lower()
        if name == "attributename" and (animated in REFERENCES or animated.startswith("on")):
            self.refuse(f"<{element}> {animated}")
        if name == "style" or "(" in value:
            self.check_style(value)

    def end(self, qualified: str) -> None:
        self.depth -= 1
        if qualified.rpartition(" ")[2].lower() == "style":
            self.style_depth -= 1
            self.check_style("".join(self.style))

    def text(self, text: str) -> None:
        if self.style_depth > 0:
            self.style.append(text)

    def instruction(self, target: str, data: str) -> None:
        self.refuse(f"<?{target}?>")

    def doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        # Drawing programs write the public doctype; entities come only with an own subset.
        if has_subset:
            self.refuse("<!DOCTYPE [")


def check_svg(data: bytes, *, place: str) -> None:
    """Raises:
    PackageRefused: unreadable, not SVG, or with script, event handlers, HTML, entities,
        processing instructions or references to anything outside the file.
    """
    checker = _Checker(place)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = checker.start
    parser.EndElementHandler = checker.end
    parser.CharacterDataHandler = checker.text
    parser.ProcessingInstructionHandler = checker.instruction
    parser.StartDoctypeDeclHandler = checker.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise PackageRefused("svg_unreadable", place=place, line=error.lineno) from None
