"""What happens before the course's packages are there: install them, copy the lessons, hand over to a server.

Standard library only, but for `pages`. `course.py` starts it; nothing in the course itself imports it.
"""
