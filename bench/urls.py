from django.urls import path

from bench.bare import Bare, BareBulk
from host.urls import urlpatterns as site

urlpatterns = [path("bare/", Bare.as_view()), path("bare/bulk/", BareBulk.as_view()), *site]
