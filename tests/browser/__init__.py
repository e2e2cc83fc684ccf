"""The course in a real browser; a package, so that one browser serves all of it and is closed at its end."""
