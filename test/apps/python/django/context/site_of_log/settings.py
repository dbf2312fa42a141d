from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "only for a test"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "site_of_log.urls"
INSTALLED_APPS = ["log"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "log.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
