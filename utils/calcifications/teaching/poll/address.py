"""Where phones find the room: an address of this computer on its network, and the same as a QR code."""

from __future__ import annotations

import socket

from calcifications.errors import CourseError, shown

LOOPBACK = "127.0.0.1"
_FAR = "192.0.2.1"  # kept free for examples: nothing is sent there, the system only says by which address it would be


def own_address(chosen: str = "") -> str:
    """Return the address by which others on the network reach this computer.

    Parameters
    ----------
    chosen : str
        One of this computer's addresses; found by itself if empty.

    Raises
    ------
    CourseError
        If this computer is on no network, or `chosen` is not its own.
    """
    if chosen:
        try:
            with socket.socket() as probe:
                probe.bind((chosen, 0))
        except OSError:
            raise CourseError(f"{shown(chosen)} is no address of this computer; leave it out, or give one.") from None
        return chosen
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_FAR, 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = LOOPBACK
    if found.startswith(("127.", "0.")):
        raise CourseError("This computer is on no network; join the one the phones are in, and open the room again.")
    return found


def qr_path(text: str) -> tuple[str, int]:
    """Return a QR code as the path of an SVG, with its quiet margin, and the length of its side in modules."""
    import segno

    code = segno.make(text, error="m", micro=False)
    border = 4  # modules, as the standard asks for
    rows = list(code.matrix_iter(border=border))
    runs = []
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                runs.append(f"M{start} {down}h{across - start}v1h-{across - start}z")
                start = None
    return "".join(runs), len(rows)
