"""Questions on a page, answered as the page does: rightly and wrongly, whatever the way to answer is."""


def ask(widget, **what):
    """Ask the kernel as the page does."""
    turn = widget.asked.get("turn", 0) + 1
    widget.set_state({"asked": {"number": widget.item["number"], **what, "turn": turn}})


def answer(widget, given):
    """Answer; return what is said to it."""
    ask(widget, answer=given)
    return widget.item["feedback"]


def go_on(widget):
    """Ask for the next question."""
    ask(widget, next=True)


def right_answer(item):
    """An answer that is right."""
    return _BY_WAY[item.way](item, item.sheet())[0]


def wrong_answer(item):
    """An answer that is wrong."""
    return _BY_WAY[item.way](item, item.sheet())[1]


def _choice(item, sheet):
    words = [option["word"] for option in sheet["options"]]
    return item.key, next(word for word in words if word != item.key)


def _slots(item, sheet):
    """What is accepted is told once something has been answered."""
    some = {slot["name"]: slot["options"][0]["word"] for slot in sheet["slots"]}
    accepted = item.mark(some).told()["accepted"]
    right = {name: words[0] for name, words in accepted.items()}
    wrong = {
        slot["name"]: next(o["word"] for o in slot["options"] if o["word"] not in accepted[slot["name"]])
        for slot in sheet["slots"]
    }
    return right, wrong


_BY_WAY = {"choice": _choice, "slots": _slots}
"""An answer that is right and one that is wrong, by the way of answering."""
