"""Label Studio's interface in plain records. No other room imports its SDK."""

from kliping.studio.client.client import Client
from kliping.studio.client.projects import Project, Setup
from kliping.studio.client.submitted import Submitted
from kliping.studio.client.tasks import Listed, Marked

__all__ = ["Client", "Listed", "Marked", "Project", "Setup", "Submitted"]
