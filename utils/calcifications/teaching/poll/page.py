"""The page that phones show: all of it comes from here, and it is as good without its script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from calcifications.teaching.poll.room import LENGTH, Poll, Room, letter

HERE = Path(__file__).parent
STYLE = (HERE / "phone.css").read_text(encoding="utf-8")
SCRIPT = (HERE / "phone.js").read_text(encoding="utf-8")
END = "end"
"""What a page is told in place of a turn when there will be no other."""


def hashed(text: str) -> str:
    """Return a text's digest as a content security policy has it: this very script or style may act."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src {hashed(STYLE)}",
        f"script-src {hashed(SCRIPT)}",
        "connect-src 'self'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""The content security policy: this page's own style and script, and nothing else."""


def whole_page(part: str, turn: str = "") -> str:
    """Return the page around a part.

    Parameters
    ----------
    part : str
        What stands on it, as HTML.
    turn : str
        The room's turn that it shows; empty on a page that follows no room.
    """
    reload = '<noscript><meta http-equiv="refresh" content="5"></noscript>' if turn not in ("", END) else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vote: calcifications on mammograms</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
{reload}
</head>
<body>
<main>
<div id="now" data-turn="{turn}" aria-live="polite">{part}</div>
<p id="lost" class="refused" role="alert" hidden>The link to the room is lost; trying again.</p>
<footer>Your vote has no name on it. Schematic images for learning, not for diagnosis.</footer>
</main>
<script>{SCRIPT}</script>
</body>
</html>
"""


def door(sentence: str = "") -> str:
    """Return what asks for a room's code."""
    refused = f'<p class="refused" role="alert">{escape(sentence)}</p>' if sentence else ""
    return f"""<h1>Vote on a case</h1>
<form method="get" action="/">
<label for="code">The {LENGTH} letters on the screen</label>
<input class="code" id="code" name="code" maxlength="{LENGTH}" required
  autocomplete="off" autocapitalize="characters" spellcheck="false">
<button class="go">Go to the room</button>
</form>{refused}"""


def part(room: Room, seat: str, refused: str = "") -> str:
    """Return what a room's page shows to a seat.

    Parameters
    ----------
    room : Room
    seat : str
    refused : str
        Why what it sent was not taken, a sentence; empty if it was.
    """
    said = f'<p class="refused" role="alert">{escape(refused)}</p>' if refused else ""
    poll = room.poll
    if room.ended:
        return "<h1>This room has ended</h1><p>Thank you. You can close the page.</p>" + said
    if poll is None:
        return (
            f"<h1>You are in room {room.code}</h1>"
            "<p>The question comes here by itself when it is asked at the front.</p>" + said
        )
    yours = poll.votes.get(seat)
    head = f"<h1>{escape(poll.prompt)}</h1>"
    return head + (_to_vote(poll, yours) if poll.open else _voted(poll, yours)) + said


def _words(poll: Poll, place: int, note: str) -> str:
    word, plain = poll.options[place]
    lay = f"<small>{escape(plain)}</small>" if plain else ""
    said = f"<em>{note}</em>" if note else ""
    return f"<b>{letter(place)}</b><span>{escape(word)}{lay}{said}</span>"


def _to_vote(poll: Poll, yours: int | None) -> str:
    buttons = [
        f'<button name="option" value="{letter(place)}" aria-pressed="{str(place == yours).lower()}">'
        f"{_words(poll, place, '✓ your vote' if place == yours else '')}</button>"
        for place in range(len(poll.options))
    ]
    said = "Choose one." if yours is None else "Your vote is counted. You can change it until voting is closed."
    return (
        f'<form method="post"><input type="hidden" name="number" value="{poll.number}">{"".join(buttons)}</form>'
        f'<p class="state">{said}</p>'
    )


def _voted(poll: Poll, yours: int | None) -> str:
    rows = []
    for place in range(len(poll.options)):
        right, mine = place in poll.right, place == yours
        said = " · ".join(["✓ right answer"] * right + ["your vote"] * mine)
        look = "right" if right else "yours" if mine else ""
        rows.append(f'<li class="{look}">{_words(poll, place, said)}</li>')
    chosen = "You did not vote." if yours is None else f"Your vote: {letter(yours)}."
    said = "Voting is closed; the answer is on the screen." if poll.right else "Voting is closed."
    stay = '<p class="soft">Stay on this page for the next question.</p>'
    return f'<ul>{"".join(rows)}</ul><p class="state">{said} {chosen}</p>{stay}'
