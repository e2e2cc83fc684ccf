"""The kernels behind the pages: one waits for each lesson, and one that nobody looks at any more is ended."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

IDLE_S = 600
"""A kernel whose page is closed is ended after so long; a laptop that was shut for a minute finds it again."""

LOOK_S = 60
"""How often idle kernels are looked for."""


class Kernels(AsyncMappingKernelManager):
    """Kernels of which those that wait for a reader are not idle, though nothing happens in them.

    Voila makes a subclass of it that keeps them in `_pools`, a list of tasks for each lesson.
    """

    _pools: dict[str, list[Any]]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that has been idle too long, unless it waits for a reader."""
        ready = [task for pool in self._pools.values() for task in pool if task.done() and not task.exception()]
        if kernel_id not in [task.result()["kernel_id"] for task in ready]:
            await super().cull_kernel_if_idle(kernel_id)
