"""The content origin: the same process, but a site of its own without people."""

from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
)
from django.urls import Resolver404, resolve

from courses.conf import conf
from courses.h5p.origins import parse_origin

CONTENT_URLCONF = "courses.h5p.content_urls"
SAFE_METHODS = ("GET", "HEAD")


def is_content_request(request: HttpRequest) -> bool:
    origin = parse_origin(conf.CONTENT_ORIGIN)
    return origin is not None and origin.is_host(request.get_host())


class ContentOriginMiddleware:
    """Answers requests for the content origin itself; must stand first in MIDDLEWARE.

    Sessions, sign-in and their cookies come later in the list, so on the content origin they
    do not exist: what third-party program there could ask for, nobody in particular asks for.
    On every other host the addresses of the content origin do not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_content_request(request):
            return content_response(request)
        return self.get_response(request)


def content_response(request: HttpRequest) -> HttpResponseBase:
    if request.method not in SAFE_METHODS:
        return _bare(HttpResponseNotAllowed(SAFE_METHODS))
    try:
        match = resolve(request.path_info, urlconf=CONTENT_URLCONF)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except (Resolver404, Http404):
        return _bare(HttpResponseNotFound("Not found", content_type="text/plain"))
    return response


def _bare(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response
