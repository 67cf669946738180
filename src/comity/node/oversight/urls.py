"""Addresses of figures and of persons to be told."""

from django.urls import path

from comity.node.oversight.views import figures, persons

app_name = "oversight"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("years/<int:year>/", figures.figures, name="year"),
    path("years/<int:year>/figures.<str:form>", figures.save, name="save"),
    path("years/<int:year>/publish/", figures.publish_year, name="publish"),
    path("count/", figures.count_now, name="count"),
    path("published/<int:publication_id>/", figures.published, name="published"),
    path("published/<int:publication_id>/figures.<str:form>", figures.save_published, name="save_published"),
    path("persons/", persons.due, name="due"),
    path("persons/<str:case_id>/told/<int:notification_id>/", persons.given, name="given"),
    path("persons/<str:case_id>/delay/<int:notification_id>/", persons.put_off, name="delay"),
    path("persons/<str:case_id>/<str:request_id>/", persons.of_request, name="persons"),
]
