"""Addresses of SAML sign-in, where the package for it is there."""

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.saml import views as saml
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.http import HttpRequest, HttpResponse
from django.urls import path
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # no types

from comity.node.access import public


def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What the provider made the browser send, read; what is no answer at all is refused like one that is wrong."""
    try:
        answer: HttpResponse = saml.finish_acs(request, organization_slug=organization_slug)
    except (XMLSyntaxError, ValueError):
        provider = get_app_or_404(request, organization_slug).get_provider(request)
        answer = render_authentication_error(request, provider)
    return answer


urlpatterns = [
    path("saml/<str:organization_slug>/acs/", public(saml.acs), name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", public(finish), name="saml_finish_acs"),
    path("saml/<str:organization_slug>/sls/", public(saml.sls), name="saml_sls"),
    path("saml/<str:organization_slug>/metadata/", public(saml.metadata), name="saml_metadata"),
    path("saml/<str:organization_slug>/login/", public(saml.login), name="saml_login"),
]
