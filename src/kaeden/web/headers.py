"""What every answer carries to guard its reader: pages, errors, files, redirects.

The Content-Security-Policy comes from django-csp, and HSTS, the referrer's policy and
the opener's policy from Django; both read them in the settings. This is the rest.
"""

from django.http import HttpRequest, HttpResponse

from kaeden.web.middleware import Answer

UNUSED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a browser can do and no page of ours asks for."""

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
}
CLEARED = {"Clear-Site-Data": '"cache", "storage"'}
"""After an answer with this the browser keeps nothing but the choice of language."""


class HeadersMiddleware:
    """Give every answer the headers; stands outermost, so that none is left out."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, guarded."""
        response = self.answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
