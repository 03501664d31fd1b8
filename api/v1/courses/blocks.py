"""The blocks of lesson pages as JSON: what the templates show, for clients that draw themselves."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

RENDITION = "max-1200x1200"


def lesson_blocks(pages: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    """Lesson page id -> its blocks in order.

    Documents, images and activities are fetched for all pages together, so the number of queries
    does not grow with the pages. A block whose file was deleted is left out.
    """
    pages = list(pages)
    raw: dict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for page in pages:
        for position, item in enumerate(page.body.raw_data):
            raw[item["type"]].append((page.pk, position, item))
    found: dict[int, dict[int, dict[str, Any]]] = {page.pk: {} for page in pages}
    children = pages[0].body.stream_block.child_blocks if pages else {}
    for kind, items in raw.items():
        values = list(children[kind].bulk_to_python([item["value"] for _, _, item in items]))
        if kind == "image":
            _prefetch_renditions(values)
        for (page_id, position, item), value in zip(items, values, strict=True):
            shaped = SHAPES[kind](value)
            if shaped is not None:
                found[page_id][position] = {"id": item["id"], "type": kind} | shaped
    return {pk: [blocks[n] for n in sorted(blocks)] for pk, blocks in found.items()}


def _prefetch_renditions(images: Iterable[Any]) -> None:
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec=RENDITION)
    prefetch_related_objects(
        [image for image in images if image is not None],
        Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions"),
    )


def _rich_text(value: Any) -> dict[str, Any]:
    return {"html": expand_db_html(value.source)}


def _image(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    rendition = value.get_rendition(RENDITION)
    return {
        "url": rendition.url,
        "width": rendition.width,
        "height": rendition.height,
        "alt": value.contextual_alt_text or "",
    }


def _video(value: Any) -> dict[str, Any] | None:
    if value["file"] is None:
        return None
    return {
        "url": value["file"].url,
        "content_type": value["file"].content_type,
        "captions_url": value["captions"].url if value["captions"] else None,
        "title": value["title"],
        "transcript": value["transcript"],
    }


def _document(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "url": value.url,
        "title": value.title,
        "size_bytes": value.file_size,
        "extension": value.file_extension.lower(),
    }


def _callout(value: Any) -> dict[str, Any]:
    return {
        "tone": value["tone"],
        "title": value["title"],
        "html": expand_db_html(value["text"].source),
    }


def _activity(value: Any) -> dict[str, Any] | None:
    return None if value is None else {"activity_key": value.key}


SHAPES: dict[str, Callable[[Any], dict[str, Any] | None]] = {
    "rich_text": _rich_text,
    "image": _image,
    "video": _video,
    "document": _document,
    "callout": _callout,
    "h5p": _activity,
    "exercise": _activity,
    "workshop": _activity,
}
