"""The one page of the web client; the client itself speaks HTTP to the API."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe


@cache
def client_assets(manifest: Path) -> dict[str, Any]:
    """Paths below the static root of the client's entry: {"script": str, "styles": [str]}.

    Raises:
        ImproperlyConfigured: the client was not built.
    """
    try:
        chunks = json.loads(manifest.read_text())
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            f"{manifest} is missing: build the web client first (make client)."
        ) from error
    entry = next(chunk for chunk in chunks.values() if chunk.get("isEntry"))
    return {
        "script": f"lms_client/{entry['file']}",
        "styles": [f"lms_client/{name}" for name in entry.get("css", [])],
    }


@require_safe
@never_cache
@ensure_csrf_cookie
def client(request: HttpRequest, path: str) -> HttpResponse:
    """Any address of the client: the same page, the client's router reads the address."""
    manifest = Path(settings.CLIENT_DIR) / "dist" / ".vite" / "manifest.json"
    return render(
        request,
        "lms_host/client.html",
        {"assets": client_assets(manifest), "site_name": settings.WAGTAIL_SITE_NAME},
    )
