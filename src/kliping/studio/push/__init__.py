"""Articles to the server: what it has and what the corpus wants make a plan, which is shown or carried out."""

from kliping.studio.push.planning import Plan, plan_push
from kliping.studio.push.pushing import push
from kliping.studio.push.telling import Planned, planned, sentences

__all__ = ["Plan", "Planned", "plan_push", "planned", "push", "sentences"]
