from django.urls import path

from bench.bare import bare
from host.urls import urlpatterns as site

urlpatterns = [path("bare/", bare), *site]
