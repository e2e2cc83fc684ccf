"""The kernels behind the pages: one waits for the next lesson, and one that nobody looks at any more is ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

IDLE_S = 600
"""A kernel whose page is closed is ended after so long; a laptop that was shut for a minute finds it again."""

LOOK_S = 60
"""How often idle kernels are looked for."""


def pools(*lessons: str) -> dict[str, dict[str, int]]:
    """Return, as Voila is told it, that one kernel is kept ready for each of these lessons and none for any other."""
    return {"default": {"pool_size": 0}, **{lesson: {"pool_size": 1} for lesson in lessons}}


class Kernels(AsyncMappingKernelManager):
    """Kernels of which those that wait for a reader are not idle, though nothing happens in them.

    A kernel takes seconds to start and a tenth of a gigabyte, so only the lesson that comes next has one ready. Voila
    makes a subclass of this that keeps them in `_pools`, a list of tasks for each lesson.
    """

    _pools: dict[str, list[Any]]
    kernel_pools_config: dict[str, dict[str, int]]
    fill_if_needed: Callable[..., None]

    def taken(self, lesson: str) -> None:
        """Keep no kernel ready any more for a lesson that is being opened."""
        self.kernel_pools_config = {**self.kernel_pools_config, lesson: {"pool_size": 0}}

    def expect(self, lesson: str) -> None:
        """Make a kernel ready for a lesson that may come next."""
        self.kernel_pools_config = {**self.kernel_pools_config, **pools(lesson)}
        self.fill_if_needed(delay=0, notebook_name=lesson)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that has been idle too long, unless it waits for a reader."""
        ready = [task for pool in self._pools.values() for task in pool if task.done() and not task.exception()]
        if kernel_id not in [task.result()["kernel_id"] for task in ready]:
            await super().cull_kernel_if_idle(kernel_id)
