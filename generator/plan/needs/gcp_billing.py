"""The rows of ``modules/gcp-billing``.

Sources: Google's documentation, "Budget API: required permissions", "IAM roles and permissions
index", "Manage programmatic budget alert notifications", "Customize budget alert email recipients".
"""

from __future__ import annotations

from generator.plan.needs.billing import ON_EMAILS, on_channel
from generator.plan.needs.need import Need

_TOPICS = on_channel("`channels` with a topic", "/topics/")
_CHANNELS = on_channel("`channels` of Cloud Monitoring", "/notificationChannels/")

ROWS = (
    Need("API", "billingbudgets.googleapis.com", "the budgets"),
    Need("API", "monitoring.googleapis.com", "the channels", ON_EMAILS),
    Need(
        "must exist",
        "the topics of `channels`, in projects that the billing account's organization has",
        "a budget publishes to what is there",
        _TOPICS,
    ),
    Need(
        "must exist",
        "the e-mail channels of `channels`",
        "a budget tells no other sort of channel",
        _CHANNELS,
    ),
    Need(
        "whoever plans",
        "`roles/billing.viewer` on the billing account",
        "refreshing the budgets",
    ),
    Need(
        "whoever plans",
        "`roles/monitoring.notificationChannelViewer`",
        "refreshing the channels",
        ON_EMAILS,
    ),
    Need(
        "whoever plans",
        "`roles/serviceusage.serviceUsageConsumer`",
        "calls count against the quota of the project",
    ),
    Need(
        "whoever applies",
        "`roles/billing.costsManager` on the billing account",
        "the budgets and their alerts",
    ),
    Need(
        "whoever applies",
        "`roles/monitoring.notificationChannelEditor`",
        "the channels",
        ON_EMAILS,
    ),
    Need(
        "whoever applies",
        "`pubsub.topics.setIamPolicy` on the topics",
        "the API lets itself publish there",
        _TOPICS,
    ),
)
