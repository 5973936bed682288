"""A Label Studio of one's own, on this machine."""

from kliping.studio.server.lifecycle import USERNAME, Server, kept_server, read_token, start, status, stop

__all__ = ["USERNAME", "Server", "kept_server", "read_token", "start", "status", "stop"]
