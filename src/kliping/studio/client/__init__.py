"""Label Studio's interface in plain records. No other room imports its SDK."""

from kliping.studio.client.changes import Fetched, Newest
from kliping.studio.client.client import Client
from kliping.studio.client.projects import Project, Setup
from kliping.studio.client.submitted import Submitted, Told, exact
from kliping.studio.client.tasks import Listed, Marked

__all__ = ["Client", "Fetched", "Listed", "Marked", "Newest", "Project", "Setup", "Submitted", "Told", "exact"]
