"""What every form that one fills in begins with."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaeden.web.form_minutes import OPENED, measured_for, opened_in, says

register = template.Library()


@register.simple_tag(takes_context=True)
def form_minutes(context: Context, form: str) -> SafeString:
    """Say what a form takes, and note that it is opened now (1 query for a page).

    `form` is the name of the address that it is sent to.
    """
    request = getattr(context, "request", None)
    return format_html(
        '<p class="kd-quiet kd-minutes">{}</p><input type="hidden" name="{}" value="{}">',
        says(form, measured_for(request)),
        OPENED,
        opened_in(request, form),
    )
