"""The speaker's page: notes, the answer, what comes next and the time. It gets all of it from the desk."""

from __future__ import annotations

from pathlib import Path

from calcifications.teaching.poll.page import hashed

_HERE = Path(__file__).parent
_STYLE = (_HERE / "speaker.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "speaker.js").read_text(encoding="utf-8")


SPEAKER_POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src {hashed(_STYLE)}",
        f"script-src {hashed(_SCRIPT)}",
        "connect-src 'self' ws://127.0.0.1:*",
        "img-src data:",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""The content security policy: this page's own style and script, and the desk."""

_BUTTONS = (
    ("back", "← Back", ""),
    ("next", "Next →", "main"),
    ("hide", "Hide the screen", ""),
    ("overlays", "Outlines", ""),
    ("join", "How to join", ""),
    ("poll", "Ask the room", ""),
    ("public", "Open to the room", ""),
    ("end", "End the room", ""),
)

SPEAKER = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Speaker's notes</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<header>
<b id="since">0:00</b><span id="case"></span><span id="place"></span><span class="end" id="now"></span>
</header>
<main>
<section aria-label="Notes and votes">
<h1 id="title">The presenting page is not there yet.</h1>
<p class="notes" id="notes"></p>
<h2 id="deck-head" hidden>To the whole deck</h2>
<p id="deck"></p>
<h2>Votes</h2>
<p id="voting"></p>
<ul class="votes" id="votes"></ul>
</section>
<section aria-label="Answer, and what comes next">
<p id="question"></p>
<p class="answer" id="answer"></p>
<h2>Step by step</h2>
<ol id="steps"></ol>
<p id="following"></p>
</section>
</main>
<nav aria-label="What the room sees">
{"".join(f'<button type="button" id="{name}" class="{look}">{words}</button>' for name, words, look in _BUTTONS)}
<p class="said" id="room"></p>
<p class="said wrong" id="problem" role="alert"></p>
<p class="said wrong" id="lost" role="alert" hidden>The link to the presenting page is lost; trying again.</p>
</nav>
<script>{_SCRIPT}</script>
</body>
</html>
"""
