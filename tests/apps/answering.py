"""Questions on a page, answered as the page does: rightly and wrongly, whatever the way to answer is."""

from calcifications.pattern import preset, varied


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


def _place(item, sheet):
    """On one of them, and the place farthest from all of them."""
    places = item.places[((item.places >= 0) & (item.places <= 1)).all(axis=1)]
    tried = [[across / 8, down / 8] for across in range(9) for down in range(9)]
    return places[0].tolist(), max(tried, key=lambda place: item.mark(place).off_mm)


def _number(item, sheet):
    """What was measured, as the key prints it, and one end of the scale."""
    right = float(item.key.split()[0])
    ends = sheet["low"], sheet["high"]
    return right, max(ends, key=lambda end: abs(end - right))


def _interval(item, sheet):
    """The published range, and one beside it."""
    low, high = (float(end) for end in item.mark([0, 0]).told()["accepted"]["range"])
    return [low, high], [0, 0] if low > 0 else [100, 100]


def _sliders(item, sheet):
    """A recipe of what is to be made, and one of something else."""

    def moved(recipe):
        return {name: recipe.to_dict()[name] for name in sheet["recipe"]}

    form, laid = item.goal
    tries = (moved(recipe) for recipe in (preset(form, laid), *(varied(form, laid, seed) for seed in range(50))))
    right = next(recipe for recipe in tries if item.mark(recipe).right)
    other = next(each for each in ("punctate", "amorphous") if each != form)
    return right, moved(preset(other, "grouped"))


_BY_WAY = {
    "choice": _choice,
    "slots": _slots,
    "place": _place,
    "number": _number,
    "interval": _interval,
    "sliders": _sliders,
}
"""An answer that is right and one that is wrong, by the way of answering."""
