"""Django's settings. What an office may set comes from the environment (``docs/reference/settings.md``)."""

from pathlib import Path

from csp.constants import NONE, SELF

from prongsai.web import environment

DATA_FOLDER = environment.data_folder()
SECRET_KEY = environment.secret_key(DATA_FOLDER)
DEBUG = environment.flag("PRONGSAI_DEBUG")
ALLOWED_HOSTS = environment.words("PRONGSAI_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("PRONGSAI_ORIGINS")
IS_HTTPS = environment.flag("PRONGSAI_HTTPS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "prongsai.web.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "prongsai.web.work",
    "prongsai.web.agencies",
    "prongsai.web.evidence",
    "prongsai.web.duties",
    "prongsai.web.notify",
    "prongsai.web.stationery",
    "prongsai.web.registers",
    "prongsai.web.cycles",
    "prongsai.web.plans",
    "prongsai.web.intake",
    "prongsai.web.letters",
    "prongsai.web.complaints",
    "prongsai.web.surveys",
    "prongsai.web.disclosure",
    "prongsai.web.handover",
    "prongsai.web.directory",
    "prongsai.web.mentor",
    "prongsai.web.results",
    "prongsai.web.operations",
]

MIDDLEWARE = [
    "prongsai.web.blind.middleware.Blind",  # before anything that could see who reports or answers
    "prongsai.web.operations.watch.Watch",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "prongsai.web.ui.limits.BodyLimit",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "prongsai.web.urls"
WSGI_APPLICATION = "prongsai.web.wsgi.application"
DATABASES = {"default": environment.database(DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prongsai.web.agencies.context.scope",
            ],
            "builtins": ["prongsai.web.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "prongsai.web.ui.forms.Renderer"

# --- who may come in ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
# Who comes in beside those who serve in an agency, which lower floors cannot know: functions of a user.
MAY_ALSO_ENTER = ["prongsai.web.directory.access.may_enter", "prongsai.web.mentor.access.may_enter"]
ACCOUNT_ADAPTER = "prongsai.web.agencies.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one counts once its owner has answered a mail to it
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner hears of a new password, of two-step sign-in turned on or off
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[โปร่งใส] "
# Wrong passwords are counted by django-axes alone (below). login_failed counts wrong codes of the second step, which
# only somebody who knows the password can give; login counts pages of an address, and whole offices share one.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key", "login": "120/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Prongsai"
MFA_TOTP_TOLERANCE = 1  # the code before and after: phones and office PCs seldom agree to the second
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts come by invitation, many of them without any address
# Proxies that stand before us and add to X-Forwarded-For; with 0 that header is never looked at.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("PRONGSAI_BEHIND_PROXY", 0)
# Counted by name and address together: a stranger who guesses at a clerk's name shuts out the stranger, not the clerk.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # it ends when the page says it does
AXES_CLIENT_IP_CALLABLE = "prongsai.web.agencies.adapter.client_address"
AXES_USERNAME_CALLABLE = "prongsai.web.agencies.adapter.counted_name"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address", "csrfmiddlewaretoken"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- what a browser may do with our pages ---------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# --- language, time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).with_name("locale")]  # English; made by python -m docs.messages
TIME_ZONE = "Asia/Bangkok"
USE_I18N = USE_TZ = True

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
EVIDENCE_FOLDER = DATA_FOLDER / "files"
REGISTERS_FOLDER = DATA_FOLDER / "registers"  # the office's own register files
PASSPHRASE_COST = (64 * 1024, 3)  # KiB and passes of Argon2id for the words that open a handler's key
SEALED_FOLDER = DATA_FOLDER / "sealed"  # files of reports, each closed for a key of its own
REPORTS_PER_HOUR = environment.number("PRONGSAI_REPORTS_PER_HOUR", 20)  # of one address; of all fifteen times as many
ANSWERS_PER_HOUR = environment.number("PRONGSAI_ANSWERS_PER_HOUR", 600)  # by an open link, of one address
SURVEY_KEYS_FOLDER = DATA_FOLDER / "survey-keys"  # opens answers that are not counted yet; in no backup
SITES_FOLDER = DATA_FOLDER / "sites"  # the public sites as files, a folder an agency
BACKUP_FOLDER = environment.text("PRONGSAI_BACKUP_FOLDER")  # each night's, for whoever copies them away
BACKUPS_KEPT = environment.number("PRONGSAI_BACKUPS_KEPT", 14)
MAX_UPLOAD_MB = environment.number("PRONGSAI_MAX_UPLOAD_MB", 50)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- mail -----------------------------------------------------------------------------------------------------------
EMAIL_HOST = environment.text("PRONGSAI_SMTP_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = environment.number("PRONGSAI_SMTP_PORT", 25)
EMAIL_HOST_USER = environment.text("PRONGSAI_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.secret("PRONGSAI_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("PRONGSAI_SMTP_TLS")  # STARTTLS, mostly on port 587
EMAIL_USE_SSL = environment.flag("PRONGSAI_SMTP_SSL")  # from the first byte, mostly on port 465
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = environment.text("PRONGSAI_MAIL_FROM", "prongsai@localhost")
# How lower floors send mail, which they cannot import: (agency, *, to, subject, text).
SEND_MAIL = "prongsai.web.notify.services.send"

# --- how it runs ----------------------------------------------------------------------------------------------------
METRICS_TOKEN = environment.secret("PRONGSAI_METRICS_TOKEN")  # opens /metrics/ to other machines
DISK_FLOOR_MB = environment.number("PRONGSAI_DISK_FLOOR_MB", 500)  # with less room it is not ready
LOG_FORM = environment.one_of("PRONGSAI_LOG", ("text", "json"))
# Nothing of a report or an answer, nor that there was one, comes into a log, an error page or an error mail.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hushed": {"()": "prongsai.web.blind.silence.Hushed"}},
    "formatters": {
        "text": {"()": "prongsai.web.operations.logs.Plain"},
        "json": {"()": "prongsai.web.operations.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["hushed"], "formatter": LOG_FORM}},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # without Django's own handlers, which hush nothing
        "prongsai.requests": {"level": "INFO" if LOG_FORM == "json" else "WARNING"},  # a line for each request
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "prongsai.web.blind.silence.Silent"
