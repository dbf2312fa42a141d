SECRET_KEY = "only for a test"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "crew_site.urls"
INSTALLED_APPS = ["crew"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "crew.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
