from django.urls import path

from api.v1.learning.views import LearningView

urlpatterns = [path("learning/", LearningView.as_view(), name="learning")]
