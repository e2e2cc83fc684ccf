"""A live poll: the room answers a question of a deck on phones.

A server in a process of its own, never inside Jupyter's, which runs code. It has two doors. `phones` is what the room
sees: one page, fixed choices, nothing else; on loopback until the presenter opens it to the room. `desk` is the
presenter's, always on loopback and behind a key: the presenting page's kernel says what is asked (`link`), and the
speaker's page shows notes and answer. What a vote is, and who may give one, is in `room`, which knows no network.
"""
