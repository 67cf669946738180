import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import comity.node.cases.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0002_initial"),
        ("people", "0003_cache"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=comity.node.cases.models.new_id,
                        editable=False,
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("record", models.BinaryField()),
                ("reference", models.CharField(max_length=200, verbose_name="reference")),
                ("their_reference", models.CharField(blank=True, max_length=200)),
                (
                    "direction",
                    models.CharField(choices=[("outgoing", "outgoing"), ("incoming", "incoming")], max_length=10),
                ),
                ("kind", models.CharField(blank=True, max_length=60)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("preservation", "preservation"),
                            ("partial_disclosure", "partial_disclosure"),
                            ("subscriber_information", "subscriber_information"),
                            ("domain_registration", "domain_registration"),
                            ("traffic_data", "traffic_data"),
                            ("content_data", "content_data"),
                            ("real_time_traffic", "real_time_traffic"),
                            ("interception", "interception"),
                            ("search_seizure", "search_seizure"),
                            ("freezing", "freezing"),
                            ("confiscation", "confiscation"),
                            ("bank_information", "bank_information"),
                            ("testimony", "testimony"),
                            ("video_hearing", "video_hearing"),
                            ("service_of_documents", "service_of_documents"),
                            ("extradition", "extradition"),
                            ("spontaneous_information", "spontaneous_information"),
                            ("joint_investigation", "joint_investigation"),
                            ("transfer_of_proceedings", "transfer_of_proceedings"),
                            ("emergency_disclosure", "emergency_disclosure"),
                            ("takedown", "takedown"),
                            ("asset_return", "asset_return"),
                            ("transborder_access", "transborder_access"),
                            ("police_information", "police_information"),
                            ("controlled_delivery", "controlled_delivery"),
                        ],
                        max_length=40,
                    ),
                ),
                ("requesting", models.CharField(max_length=10)),
                ("requested", models.CharField(max_length=10)),
                ("instrument", models.CharField(blank=True, max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "not_begun"),
                            ("draft", "draft"),
                            ("checked", "checked"),
                            ("approved", "approved"),
                            ("sent", "sent"),
                            ("delivered", "delivered"),
                            ("acknowledged", "acknowledged"),
                            ("assigned", "assigned"),
                            ("clarification", "clarification"),
                            ("postponed", "postponed"),
                            ("part_executed", "part_executed"),
                            ("executed", "executed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("closed", "closed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "waits",
                    models.CharField(
                        choices=[("for_us", "for_us"), ("for_them", "for_them"), ("for_nobody", "for_nobody")],
                        max_length=12,
                    ),
                ),
                ("is_over", models.BooleanField(default=False)),
                ("next_ends_at", models.DateTimeField(blank=True, null=True)),
                ("next_kind", models.CharField(blank=True, max_length=60)),
                ("next_what", models.CharField(blank=True, max_length=300)),
                ("changes_at", models.DateTimeField(blank=True, null=True)),
                ("alarm_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("letter_sha256", models.CharField(blank=True, max_length=64)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="cases.case"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("size_bytes", models.BigIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="requests.request"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("record", models.BinaryField()),
                ("act", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="requests.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Clash",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("likeness", models.CharField(max_length=10)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clashed", to="requests.request"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clashes", to="requests.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=comity.node.cases.models.new_id,
                        editable=False,
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("arrived_at", models.DateTimeField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told", models.JSONField(default=dict)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                ("discarded_because", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrival",
                        to="requests.request",
                    ),
                ),
            ],
            options={
                "ordering": ["arrived_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=400)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="requests.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relation", models.CharField(max_length=30)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="requests.request"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="followed_by", to="requests.request"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["case", "-opened_at"], name="request_of_case"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["-opened_at", "-id"], name="request_newest"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["state", "-opened_at"], name="request_state"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["waits", "next_ends_at", "-opened_at"], name="request_waits"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("next_ends_at__isnull", False)), fields=["next_ends_at"], name="request_ends"
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("changes_at__isnull", False)), fields=["changes_at"], name="request_changes"
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("alarm_at__isnull", False)), fields=["alarm_at"], name="request_alarm"
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["requested", "measure"], name="request_asked"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(fields=("request", "sha256"), name="paper_once"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="event_number_once"),
        ),
        migrations.AddIndex(
            model_name="clash",
            index=models.Index(fields=["settled_at", "-found_at"], name="clash_open"),
        ),
        migrations.AddConstraint(
            model_name="clash",
            constraint=models.UniqueConstraint(fields=("request", "other"), name="clash_once"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                condition=models.Q(("discarded_at", None), ("request", None)),
                fields=["arrived_at"],
                name="arrival_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["kind", "value"], name="target_value"),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.UniqueConstraint(fields=("request", "to", "relation"), name="tie_once"),
        ),
    ]
