"""The description as a page for people, from this site's own files on every host."""

from django.templatetags.static import static
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from api.schema import TITLE, ApiSchemaGenerator

SIDECAR = "drf_spectacular_sidecar/swagger-ui-dist/"


class SchemaView(SpectacularAPIView):
    """Open to everybody: it describes addresses, not people."""

    authentication_classes = []
    permission_classes = []
    schema = None
    generator_class = ApiSchemaGenerator


class DocsView(SpectacularSwaggerView):
    authentication_classes = []
    permission_classes = []
    schema = None
    title = TITLE

    @staticmethod
    def _swagger_ui_resource(filename: str) -> str:
        return static(SIDECAR + filename)

    @staticmethod
    def _swagger_ui_favicon() -> str:
        return static(SIDECAR + "favicon-32x32.png")
