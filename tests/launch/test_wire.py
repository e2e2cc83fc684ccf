"""The wire between kernel and page: no message waits for the next."""

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from launch.lab import options
from launch.pages.server import settings
from launch.wire import Prompt


@pytest.fixture
def heard(monkeypatch):
    """What is done to a connection as it opens, in order."""
    done = []
    monkeypatch.setattr(KernelWebsocketHandler, "set_nodelay", lambda self, value: done.append(("no delay", value)))
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: done.append("open"))
    return done


def test_small_messages_leave_at_once_from_the_first_on(heard):
    connection = Prompt.__new__(Prompt)
    connection.websocket_handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)
    connection.connect()
    assert heard == [("no delay", True), "open"]


def test_lab_and_pages_both_use_it(tmp_path):
    named = f"{Prompt.__module__}.{Prompt.__qualname__}"
    assert f"--ServerApp.kernel_websocket_connection_class={named}" in options(tmp_path, tmp_path, False, None)
    assert settings(tmp_path, None).Voila.kernel_websocket_connection_class is Prompt
