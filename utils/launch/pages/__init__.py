"""The lessons as pages, with Voila: a gallery first, code hidden, a kernel for each reader.

Unlike the rest of `launch`, this runs inside `.venv`.
"""
