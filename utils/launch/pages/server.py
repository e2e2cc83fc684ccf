"""The server of the pages: Voila on the learner's folder, for one person at this computer."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_escape, url_path_join
from tornado import web
from traitlets import Bool
from traitlets.config import Config
from voila.app import Voila
from voila.handler import BaseVoilaHandler
from voila.tornado.handler import TornadoVoilaHandler

from launch.pages.gallery import cards, for_instructors
from launch.pages.kernels import IDLE_S, LOOK_S, Kernels, pools
from launch.pages.lesson import AsPage, Prose
from launch.process import ROOT
from launch.wire import Prompt

HERE = Path(__file__).parent
LOOKS = ROOT / "utils/calcifications/apps"  # whose colours the pages wear
NEEDED = [
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
]  # of what JupyterLab has
UNUSED = ("/voila/tree", "/voila/api/contents")  # what nobody here needs isn't served


class Gallery(BaseVoilaHandler):
    """The page that one comes in by: all lessons, in their order."""

    @web.authenticated
    def get(self) -> None:
        """Show it."""
        home = Path(self.settings["voila"].root_dir)
        lessons, beside, own = cards(home, ROOT)
        shown = {"lessons": lessons, "beside": beside, "own": own, "classroom": for_instructors(home, ROOT)}
        self.write(self.render_template("gallery.html", address=self.address, **shown))

    def address(self, file: str) -> str:
        """Return where a notebook is read."""
        return str(url_path_join(self.base_url, "voila/render", url_escape(file)))


class Reader(TornadoVoilaHandler):
    """A lesson as a page, while the one that follows it is made ready."""

    @web.authenticated
    async def get(self, path: str) -> None:
        """Show it."""
        self.kernel_manager.taken(path)
        await super().get(path)
        lessons, beside, _ = cards(Path(self.settings["voila"].root_dir), ROOT)
        files = [card.file for card in (*lessons, *beside)]
        for following in files[files.index(path) + 1 :][:1] if path in files else ():
            self.kernel_manager.expect(following)


class Pages(Voila):
    """Voila with a gallery, on its own templates."""

    name = "voila"
    show = Bool(True, help="Open the gallery in a browser.")

    def setup_template_dirs(self) -> None:
        """Look for templates here first."""
        super().setup_template_dirs()
        self.template_paths: list[str] = [str(HERE), str(LOOKS), *self.template_paths]

    def init_handlers(self) -> list[Any]:
        """Serve the gallery, the lessons, and what they are made of; nothing else."""
        handlers = [each for each in super().init_handlers() if not each[0].startswith((*UNUSED, "/(.*)"))]
        known = {"voila_configuration": self.voila_configuration}
        reading = [(each[0], Reader, *each[2:]) if each[1] is TornadoVoilaHandler else each for each in handlers]
        return [(r"/", Gallery, known), *[each for each in reading if each[0] != self.server_url]]

    def launch_browser(self) -> None:
        """Say where the gallery is, and open it; the word in the address lets one in, and no one else here."""
        address = f"http://127.0.0.1:{self.port}/?token={self.identity_provider.token}"
        print(f"The lessons are at {address}", flush=True)
        if self.show:
            webbrowser.open(address)


def settings(home: Path, port: int | None) -> Config:
    """Return how Voila is set up for a learner's folder."""
    told = Config()
    told.Voila.ip = "127.0.0.1"
    told.Voila.root_dir = str(home)
    told.Voila.auto_token = True
    told.Voila.config_file_paths = []
    told.Voila.log_level = "ERROR"
    told.Voila.kernel_websocket_connection_class = Prompt
    if port is not None:
        told.Voila.port = port
        told.Voila.port_retries = 0
    told.VoilaConfiguration.allow_template_override = "NO"
    told.VoilaConfiguration.allow_theme_override = "NO"
    told.VoilaConfiguration.file_allowlist = [r"figures/[^/]+\.(png|jpg|svg)"]
    told.VoilaConfiguration.extension_allowlist = NEEDED
    told.VoilaConfiguration.multi_kernel_manager_class = Kernels
    told.VoilaConfiguration.preheat_kernel = True
    lessons, _, _ = cards(home, ROOT)
    told.VoilaKernelManager.kernel_pools_config = pools(*[lesson.file for lesson in lessons[:1]])
    told.MappingKernelManager.cull_idle_timeout = IDLE_S
    told.MappingKernelManager.cull_interval = LOOK_S
    told.VoilaExporter.preprocessors = [AsPage]
    told.VoilaExporter.markdown_renderer_class = Prose
    return told


def main() -> int:
    """Serve the pages; the command line is the learner's folder, the port or "-", and "show" or "quiet"."""
    home, port, show = sys.argv[1:]
    pages = Pages(config=settings(Path(home), None if port == "-" else int(port)), show=show == "show")
    pages.initialize([])
    pages.start()
    return 0
