"""Addresses: The law to look at: states, pairs, instruments, the map, what would change."""

from django.urls import path

from comity.node.atlas.views import compare, home, pair, sheets, whatif, world

app_name = "atlas"
urlpatterns = [
    path("", home.home, name="home"),
    path("states/<str:state>/", sheets.state, name="state"),
    path("instruments/<str:instrument>/", sheets.instrument, name="instrument"),
    path("offences/<str:offence>/", sheets.offence, name="offence"),
    path("pair/", pair.pair, name="pair"),
    path("map/", world.world_map, name="map"),
    path("outline.svg", world.outline, name="outline"),
    path("map.svg", world.world_file, name="map_file"),
    path("coverage/", world.coverage, name="coverage"),
    path("compare/instruments/", compare.instruments, name="compare_instruments"),
    path("compare/states/", compare.states, name="compare_states"),
    path("compare/days/", compare.days, name="compare_days"),
    path("what-if/", whatif.what_if, name="what_if"),
    path("jurisdiction/", pair.jurisdiction, name="jurisdiction"),
]
