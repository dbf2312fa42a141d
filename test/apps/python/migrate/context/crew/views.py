from django.http import JsonResponse

from .models import Sailor


def crew(request):
    return JsonResponse({"crew": list(Sailor.objects.values_list("name", flat=True))})
