"""Addresses of SAML sign-in, where the package for it is there."""

from allauth.socialaccount.providers.saml import views as saml
from django.urls import path

from comity.node.access import public

urlpatterns = [
    path("saml/<str:organization_slug>/acs/", public(saml.acs), name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", public(saml.finish_acs), name="saml_finish_acs"),
    path("saml/<str:organization_slug>/sls/", public(saml.sls), name="saml_sls"),
    path("saml/<str:organization_slug>/metadata/", public(saml.metadata), name="saml_metadata"),
    path("saml/<str:organization_slug>/login/", public(saml.login), name="saml_login"),
]
