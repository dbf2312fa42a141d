from django.db import models


class Sailor(models.Model):
    name = models.CharField(max_length=40)
