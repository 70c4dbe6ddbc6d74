"""What every form that one fills in begins with."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaeden.web.form_minutes import OPENED, opened_in, says

register = template.Library()


@register.simple_tag(takes_context=True)
def form_minutes(context: Context, form: str) -> SafeString:
    """Say what a form takes, and note that it is opened now (1 query).

    `form` is the name of the address that it is sent to.
    """
    return format_html(
        '<p class="kd-quiet kd-minutes">{}</p><input type="hidden" name="{}" value="{}">',
        says(form),
        OPENED,
        opened_in(getattr(context, "request", None), form),
    )
