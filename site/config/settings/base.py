"""What every installation shares. Everything that differs is an environment variable, named in the README's table."""

from pathlib import Path

import django_stubs_ext
import environ

from .wagtail_options import *  # noqa: F403  (a settings module is a flat list of names)

django_stubs_ext.monkeypatch()  # Django's own generic classes take their parameter at run time too

BASE_DIR = Path(__file__).resolve().parents[3]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

from .participation_options import *  # noqa: E402, F403  (reads the environment, so after .env)
from .subscription_options import *  # noqa: E402, F403  (reads the environment, so after .env)
from .supervision_options import *  # noqa: E402, F403  (reads the environment, so after .env)

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
PROXIES_IN_FRONT = env.int("PROXIES_IN_FRONT", default=0)  # how many of our own write X-Forwarded-For; 0 believes none
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "treebeard",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # its Chinese for “3 minutes ago”, which Wagtail says
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "openness.pagecache",
    # Ours last: Wagtail's own apps register their permission policies first, and ours must stay.
    "search",
    "openness.units",
    "catalog",
    "openness.disclosures",
    "openness.channels",
    "openness.imports",
    "openness.participation",
    "openness.policies",
    "openness.guides",
    "openness.powers",
    "openness.subscriptions",
    "openness.supervision",
    "openness.pages",
    "openness.demo",
]
PROJECT_APPS = ("catalog", "openness")
MIDDLEWARE = [
    "openness.pagecache.middleware.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "config.middleware.NoNul",
    "openness.pages.middleware.LanguageOfAddress",  # below what keeps whole pages, above all that looks at the address
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "openness.pages.middleware.RememberSize",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openness.units.closed.ClosedDoors",
    "openness.units.kept.KeptPosts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["openness.pages.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openness.pages.context.site_frame",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'openness.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue at BEGIN, so that two clerks never meet "database is locked" halfway through a publication.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", default=128)  # of each process
PAGE_CACHE_COOKIES = ("size",)  # what public pages look at beside their address
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "openness.units.login.LimitTries",  # first: it looks before any password is
    "django.contrib.auth.backends.ModelBackend",
    "openness.units.backend.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("ko", "조선문")]  # traditional characters are made from the first: openness/pages/languages
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "site" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ROOT = BASE_DIR / "site" / "root"  # what browsers and crawlers ask for at fixed addresses: favicon.ico
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# A table is one field of the form (`blocks/rows.py`), so a roster of 1,000 rows is, too. Accounts of the first version still post ten fields
# an entry: Django's default of 1,000 fields would answer a long one with error 400. Its default of 2.5 MB would refuse long tables of Chinese
# words, which take nine bytes a character when posted.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "openness.participation.views.write.csrf_failed"
SESSION_COOKIE_HTTPONLY = True

# One setting chooses the engine: embedded:///path or http(s)://host:9200/index-prefix
SEARCH_URL = env("SEARCH_URL", default=f"embedded://{VAR_DIR / 'search'}")
# Where guides may send residents to: these hosts and those below them, the province's 一网通办.
GUIDE_ONLINE_HOSTS = env.list("GUIDE_ONLINE_HOSTS", default=["zwfw.jl.gov.cn"])
SEARCH_SIZE = env("SEARCH_SIZE", default="county")  # Elasticsearch only: county, city or province

# What reading one attachment's text may cost, in a process of its own. Measured in docs/attachments.md.
ATTACHMENT_TEXT_MAX_FILE_BYTES = env.int("ATTACHMENT_TEXT_MAX_FILE_BYTES", default=50 * 1024 * 1024)
ATTACHMENT_TEXT_MAX_UNPACKED_BYTES = env.int("ATTACHMENT_TEXT_MAX_UNPACKED_BYTES", default=200 * 1024 * 1024)
ATTACHMENT_TEXT_MAX_CHARACTERS = env.int("ATTACHMENT_TEXT_MAX_CHARACTERS", default=200_000)
ATTACHMENT_TEXT_MAX_PAGES = env.int("ATTACHMENT_TEXT_MAX_PAGES", default=2_000)
ATTACHMENT_TEXT_MEMORY_BYTES = env.int("ATTACHMENT_TEXT_MEMORY_BYTES", default=512 * 1024 * 1024)
ATTACHMENT_TEXT_CPU_SECONDS = env.int("ATTACHMENT_TEXT_CPU_SECONDS", default=20)
ATTACHMENT_TEXT_SECONDS = env.float("ATTACHMENT_TEXT_SECONDS", default=60.0)
ATTACHMENT_TEXT_LOOK_SECONDS = env.float("ATTACHMENT_TEXT_LOOK_SECONDS", default=10.0)  # the only part that an upload waits for

# An import's rows may hold personal data: they are deleted so many days after it was last touched. What became of it stays on record.
IMPORT_KEEP_DAYS = env.int("IMPORT_KEEP_DAYS", default=7)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
