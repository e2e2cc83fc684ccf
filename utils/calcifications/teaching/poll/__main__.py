"""`python -m calcifications.teaching.poll`: what `course.py present` starts."""

import sys

from calcifications.teaching.poll.server import main

sys.exit(main())
