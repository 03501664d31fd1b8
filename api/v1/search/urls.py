from django.urls import path

from api.v1.search.views import SearchView

urlpatterns = [path("search/", SearchView.as_view(), name="search")]
