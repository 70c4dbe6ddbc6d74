"""One file of settings; what differs between installations comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kaeden.accounts.rules import LONGEST
from kaeden.config.environment import (
    env_database,
    env_flag,
    env_list,
    env_number,
    env_path,
    env_secret,
    env_text,
)

BASE = Path(__file__).resolve().parents[1]
HOME = env_path("KAEDEN_HOME", default=Path.cwd() / "var")

SECRET_KEY = env_secret("KAEDEN_SECRET_KEY")
DEBUG = env_flag("KAEDEN_DEBUG", default=False)
HTTPS = env_flag("KAEDEN_HTTPS", default=False)
ALLOWED_HOSTS = env_list("KAEDEN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

KAEDEN_DEMO = env_flag("KAEDEN_DEMO", default=False)
"""Demo logins on the sign-in page; whatever is written is marked as the demo's."""
KAEDEN_SECOND_FACTOR = env_flag("KAEDEN_SECOND_FACTOR", default=not KAEDEN_DEMO)
"""Who signs in here with a password and sees more than a team needs a second factor."""
KAEDEN_LOGIN = env_path("KAEDEN_LOGIN", default=None)
"""The file that connects municipal logins and says which posts they give."""
KAEDEN_LAKE = HOME / "lake"
KAEDEN_RESULTS = HOME / "results"
KAEDEN_INDICATORS = env_path("KAEDEN_INDICATORS", default=None)
KAEDEN_RECIPES = env_path("KAEDEN_RECIPES", default=None)
KAEDEN_ADDRESS = env_text("KAEDEN_ADDRESS").rstrip("/")
"""Where people open Kæden, such as https://kaeden.example.dk: links in e-mail."""
KAEDEN_LAW = env_path("KAEDEN_LAW", default=None)
"""The municipality's own files of legal points, beside those that are shipped."""
KAEDEN_PRACTICES = env_path("KAEDEN_PRACTICES", default=None)
"""The municipality's own files of practices, beside those that are shipped."""
KAEDEN_OS2MO = {
    "url": env_text("KAEDEN_OS2MO_URL"),
    "client_id": env_text("KAEDEN_OS2MO_CLIENT_ID"),
    "client_secret": env_secret("KAEDEN_OS2MO_CLIENT_SECRET", default=""),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "template_partials",
    "csp",
    "kaeden.accounts",
    "kaeden.audit",
    "kaeden.organisation",
    "kaeden.conditions",
    "kaeden.goals",
    "kaeden.data",
    "kaeden.engine",
    "kaeden.publication",
    "kaeden.dialogue",
    "kaeden.learning",
    "kaeden.reminders",
    "kaeden.web",
]
MIDDLEWARE = [
    # Outermost what guards every answer, files and errors included.
    "kaeden.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kaeden.web.caching.PublicPageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kaeden.web.sessions.StayMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kaeden.web.middleware.ActorMiddleware",
    "kaeden.web.duties.DutyMiddleware",
    "kaeden.web.form_minutes.FormMinutesMiddleware",
    "kaeden.web.look_ups.LookUpMiddleware",
    "kaeden.web.middleware.ErrorMiddleware",
    "kaeden.web.kept.SentMiddleware",
    "kaeden.web.policy.PolicyMiddleware",
]
ROOT_URLCONF = "kaeden.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "OPTIONS": {
            "builtins": [
                "template_partials.templatetags.partials",
                "kaeden.web.templatetags.form_minutes",
            ],
            # Our own templates alone: no page of a library is ever shown.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.filesystem.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaeden.web.context.demo_notice",
                "kaeden.web.context.main_menu",
                "kaeden.web.kept.keeper",
            ],
        },
    }
]
WSGI_APPLICATION = "kaeden.config.wsgi.application"

DATABASES = {
    "default": env_database("KAEDEN_DATABASE_URL", default=HOME / "kaeden.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:desk"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE / "web" / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CACHES = {
    # What all workers must agree on: how often somebody has tried a password, and
    # which codes have been used. Pages ask for nothing here.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kaeden_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# The web server in front speaks HTTPS, and says so in a header that it overwrites.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS

# A browser takes a cookie called __Host-… from this very host alone, and over HTTPS.
HOST_ONLY = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}django_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{VALIDATORS}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
]

# Sign in: django-allauth does it, our adapters say what it means here.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# How many web servers stand in front and add to X-Forwarded-For. Attempts are counted
# by address, so with a number too low everybody has the address of the server.
ALLAUTH_TRUSTED_PROXY_COUNT = env_number("KAEDEN_PROXIES", default=1 if HTTPS else 0)
ACCOUNT_ADAPTER = "kaeden.web.login.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "change_password": "kaeden.web.account_forms.NewPasswordForm",
    "reauthenticate": "kaeden.web.account_forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "municipal_login": "600/m/ip",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "kaeden.web.login.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "kaeden.web.account_forms.FirstCodeForm",
    "authenticate": "kaeden.web.account_forms.CodeForm",
    "reauthenticate": "kaeden.web.account_forms.CodeAgainForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Kæden"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "kaeden.web.municipal_login.MunicipalLoginAdapter"
# A form may send nobody to another site (Content-Security-Policy), so it is a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

# The weekly e-mail. Without a host nothing is sent.
EMAIL_HOST = env_text("KAEDEN_MAIL_HOST")
EMAIL_PORT = env_number("KAEDEN_MAIL_PORT", default=587)
EMAIL_HOST_USER = env_text("KAEDEN_MAIL_USER")
EMAIL_HOST_PASSWORD = env_secret("KAEDEN_MAIL_PASSWORD", default="")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = env_flag("KAEDEN_MAIL_TLS", default=True) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env_text("KAEDEN_MAIL_FROM")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
