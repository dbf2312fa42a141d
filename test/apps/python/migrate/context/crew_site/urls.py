from django.urls import path

from crew.views import crew

urlpatterns = [path("crew/", crew)]
