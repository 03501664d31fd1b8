"""A site that shows a player: what its client does and no more, for the browser tests."""

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>研修</title>
<iframe id="frame" sandbox="allow-scripts" title="設問" src="{{ src }}" width="800" height="600"
  data-state="{{ state }}" data-iri="{{ iri }}" data-silent="{{ silent }}"></iframe>
<script>
  window.said = [];
  const frame = document.getElementById("frame");
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    said.push({ origin: event.origin, ...event.data });
    const { state, iri, silent } = frame.dataset;
    if (event.data.type !== "ready" || silent) return;
    frame.contentWindow.postMessage({ source: "lms-h5p", type: "start", state: state || null,
      language: "ja", title: "確認問題", iri }, "*");
  });
</script></html>"""


@csp_exempt()
def embedding_page(request: HttpRequest) -> HttpResponse:
    """Shows the player at ?src=, started with ?state= about the activity ?iri=.

    With ?silent=yes it never starts it.
    """
    return HttpResponse(Engine().from_string(PAGE).render(Context(request.GET.dict())))


UPGRADING = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>更新</title>
<iframe id="frame" sandbox="allow-scripts" title="更新" src="{{ src }}"></iframe>
<script>
  window.said = [];
  const frame = document.getElementById("frame");
  window.addEventListener("message", (event) => {
    if (event.source === frame.contentWindow) said.push(event.data);
  });
</script></html>"""


@csp_exempt()
def upgrading_page(request: HttpRequest) -> HttpResponse:
    """Shows the upgrade page at ?src= and keeps what it says."""
    return HttpResponse(Engine().from_string(UPGRADING).render(Context(request.GET.dict())))


urlpatterns = [path("page/", embedding_page), path("upgrading/", upgrading_page)]
