"""The site's addresses. Order matters: the client takes whatever nobody else wants."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from host.views import client

urlpatterns = [
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", include("api.v1.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # What an author's "view live" shows; learners read through the client.
    path("pages/", include(wagtail_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    # Content and files have their own places; a wrong address there is not found.
    re_path(r"^(?!h5p/|static/|media/)(?P<path>.*)$", client, name="client"),
]
