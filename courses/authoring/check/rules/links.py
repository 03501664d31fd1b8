"""Rules about links."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.authoring.check.findings import Fault
from courses.authoring.check.material import CourseMaterial

# Texts that say nothing when a screen reader lists the links of a page, in lower case.
VAGUE = frozenset(
    (
        *(
            "こちら",
            "こちらから",
            "こちらをクリック",
            "ここ",
            "ここから",
            "ここをクリック",
            "クリック",
        ),
        *(
            "リンク",
            "詳細",
            "詳細はこちら",
            "詳しくはこちら",
            "くわしくはこちら",
            "もっと見る",
            "続きを読む",
        ),
        *("here", "link", "click", "click here", "more", "read more", "learn more", "details"),
    )
)
AROUND = "「」『』（）()[]【】〔〕>»→▶。．. 　"
BARE_ADDRESS = re.compile(r"(https?://|www\.)\S+\Z", re.IGNORECASE)


def link_leaves_network(course: CourseMaterial) -> Iterator[Fault]:
    detail = _(
        "%(address)s is outside the office's network: learners at their desks cannot open it. "
        "Say here what matters, or attach it as a document."
    )
    for address in course.addresses:
        if address.host and address.host not in course.allowed_hosts:
            yield Fault(address.spot, detail % {"address": address.address})
    for passage in course.passages:
        for link in passage.markup.links:
            if link.host and link.host not in course.allowed_hosts:
                yield Fault(passage.spot, detail % {"address": link.address})


def link_text_vague(course: CourseMaterial) -> Iterator[Fault]:
    for passage in course.passages:
        for link in passage.markup.links:
            text = link.text.strip(AROUND)
            if not text or text.lower() in VAGUE or BARE_ADDRESS.match(text):
                yield Fault(
                    passage.spot,
                    _(
                        "“%(text)s” does not say where the link leads; many people hear links "
                        "one by one, without the text around them. Name its target. (WCAG 2.4.4)"
                    )
                    % {"text": link.text},
                )
