"""Wagtail's own switches."""

import os

WAGTAIL_SITE_NAME = "基层政务公开"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]  # one: the account page asks nothing, instead of six hundred English names

# The admin must call no foreign host: a government intranet blocks them.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Wagtail's default is half a second after the last change. A save costs some 60 queries, and a clerk's form is filled in over minutes.
WAGTAIL_AUTOSAVE_INTERVAL = 15_000

WAGTAILIMAGES_IMAGE_MODEL = "disclosures.Photo"
WAGTAILDOCS_DOCUMENT_MODEL = "disclosures.Attachment"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "doc", "xls", "wps", "et", "txt", "csv", "zip", "ofd"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A decoded pixel needs four bytes: 60 million are 240 MB, and no telephone in use makes more by default.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]

# Staff find files by plain substring; one-network search is our own (`search/`).
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database.fallback", "AUTO_UPDATE": False},
}

# Upload forms that offer the uploader's own units only.
WAGTAILIMAGES_IMAGE_FORM_BASE = "openness.disclosures.admin.media.PhotoForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "openness.disclosures.admin.media.AttachmentForm"

# When a review ends: published, or held until the texts that go with it are reviewed too.
WAGTAIL_FINISH_WORKFLOW_ACTION = "openness.disclosures.finish.publish_or_hold"
