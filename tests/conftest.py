"""How the tests look for values that break a promise: the same ones every time, unless asked to look further.

And where the answers go that they give: into a folder of their own, never into a learner's log.
"""

import os
import tempfile

from hypothesis import settings

settings.register_profile("course", derandomize=True, database=None, deadline=None, max_examples=60)
# pytest --hypothesis-profile=search: other values each time, and many more of them
settings.register_profile("search", deadline=None, max_examples=3000, print_blob=True)
settings.load_profile("course")

_FOLDER = tempfile.TemporaryDirectory(prefix="calcifications-tests-")
os.environ["CALCIFICATIONS_HOME"] = _FOLDER.name  # before any kernel starts; the folder goes with this process
