// Choose a word for each slot. Few short words lie open; long lists fold into a list box. A sentence fills as one chooses.

WAYS.slots = (sheet, stage, submit) => {
  const chosen = {};
  const made = ++answersMade;
  const button = handIn(() => submit({ ...chosen }));
  button.disabled = true;
  const sentence = h("p", { class: "cx-sentence" });
  const open = sheet.slots.length <= 2; // there is room
  const put = (slot, word) => {
    chosen[slot.name] = word;
    button.disabled = sheet.slots.some((each) => !chosen[each.name]);
    tell();
  };
  const tell = () => {
    if (!sheet.sentence) return;
    const parts = sheet.sentence.split(/\{(\w+)\}/); // every second one is a slot's name
    sentence.replaceChildren(...parts.map((part, place) => (place % 2 ? h("b", {}, chosen[part] || "…") : part)));
  };
  const radios = (slot) => {
    const short = slot.options.every((option) => option.word.length < 4);
    const each = (option, place) => {
      const input = h("input", { type: "radio", name: `cx-slot-${made}-${slot.name}`, value: option.word, onchange: () => put(slot, option.word) });
      if (short && option.plain) input.setAttribute("aria-label", `${option.word}: ${option.plain}`);
      return h("label", { class: "cx-radio", title: short ? option.plain : null }, input, h("span", {}, option.word), short || !option.plain ? null : h("small", {}, option.plain));
    };
    return h("div", { class: short ? "cx-chips" : "cx-stack" }, ...slot.options.map(each));
  };
  const list = (slot) =>
    h(
      "select",
      { "aria-label": slot.label, onchange: (event) => put(slot, event.target.value) },
      h("option", { value: "", disabled: true, selected: true }, "choose …"),
      ...slot.options.map((option) => h("option", { value: option.word }, option.plain ? `${option.word} (${option.plain})` : option.word))
    );
  const said = new Map(sheet.slots.map((slot) => [slot.name, h("span", {})]));
  const rows = sheet.slots.map((slot) =>
    h("fieldset", { class: "cx-slot" + (slot.options.some((each) => each.word.length > 40) ? " cx-broad" : ""), "data-slot": slot.name }, h("legend", {}, slot.label, " ", said.get(slot.name)), open || slot.options.every((each) => each.word.length < 4) ? radios(slot) : list(slot))
  );
  const box = h("div", { class: "cx-slots" + (open ? "" : " cx-many"), role: "group", "aria-label": "Answer" }, ...rows, sheet.sentence ? sentence : null, button);
  tell();
  box.mark = (told) => {
    closeAnswer(box);
    for (const slot of sheet.slots) {
      const right = told.accepted[slot.name];
      said.get(slot.name).replaceChildren(verdictOf(right.includes(chosen[slot.name]), right.join(" or ")));
      for (const label of box.querySelectorAll(`[data-slot="${slot.name}"] .cx-radio`)) {
        const word = label.firstChild.value;
        label.classList.toggle("cx-right-one", right.includes(word));
        label.classList.toggle("cx-wrong-one", word === chosen[slot.name] && !right.includes(word));
      }
    }
  };
  return box;
};
