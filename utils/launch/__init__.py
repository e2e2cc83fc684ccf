"""What happens before the course's packages are there: install them, copy the lessons, hand over to JupyterLab.

Standard library only. `course.py` starts it; nothing in the course itself imports it.
"""
