// Type a number. A length is measured with the ruler on the picture.

WAYS.number = (sheet, stage, submit) => {
  const id = `cx-number-${++answersMade}`;
  const give = () => input.reportValidity() && input.value !== "" && submit(Number(input.value));
  const input = h("input", {
    type: "number",
    id,
    inputmode: "decimal",
    min: sheet.low,
    max: sheet.high,
    step: sheet.unit ? "any" : sheet.step,
    required: true,
    autocomplete: "off",
    onkeydown: (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      give();
    },
  });
  const ruler = sheet.ruler && h("button", { type: "button", onclick: () => (stage.viewer.take("ruler"), stage.viewer.focus()) }, "Take the ruler");
  const said = h("span", {});
  const box = h(
    "div",
    { class: "cx-number", role: "group", "aria-label": "Answer" },
    h("p", {}, sheet.note),
    h("label", { for: id }, sheet.label),
    h("span", { class: "cx-typed" }, input, h("span", {}, sheet.unit)),
    h("div", { class: "cx-handing" }, handIn(give), ruler, said)
  );
  // digits that are pressed anywhere begin the number
  box.press = (event) => {
    if (!/^[0-9]$/.test(event.key) || input.disabled || event.ctrlKey || event.altKey || event.metaKey || event.target === input) return false;
    input.value = event.key;
    input.focus({ preventScroll: true });
    return true;
  };
  box.mark = (told) => {
    closeAnswer(box);
    said.replaceChildren(verdictOf(told.right, `measured: ${told.key}`));
  };
  return box;
};
