from django.urls import path

from log.views import index

urlpatterns = [path("", index)]
