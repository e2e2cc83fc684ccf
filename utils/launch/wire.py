"""The wire from a kernel to its page: every message leaves at once."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class Prompt(ZMQChannelsWebsocketConnection):
    """A kernel's connection that holds no small message back.

    By default a small message waits until the page has acknowledged the one before it, which the page puts off in the
    hope of more: under a slider, up to 40 ms a step.
    """

    def connect(self) -> Any:
        """Open the connection."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
