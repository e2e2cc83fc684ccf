// Choose one of a few: press it, or its digit.

WAYS.choice = (sheet, stage, submit) => {
  const buttons = sheet.options.map((option, place) =>
    h(
      "button",
      { type: "button", class: "cx-option", "data-word": option.word, onclick: () => submit(option.word) },
      h("kbd", {}, String(place + 1)),
      h("span", {}, h("b", {}, option.word), option.plain ? h("small", {}, option.plain) : null),
      h("i", {})
    )
  );
  const box = h("div", { class: "cx-options", role: "group", "aria-label": "Answers" }, ...buttons);
  box.press = (event) => {
    const button = buttons[Number(event.key) - 1];
    if (!button || button.disabled || event.ctrlKey || event.altKey || event.metaKey) return false;
    button.click();
    return true;
  };
  box.mark = (told) => {
    closeAnswer(box);
    for (const button of buttons) {
      const right = button.dataset.word === told.key;
      const wrong = button.dataset.word === told.chosen && !told.right;
      button.classList.toggle("cx-right-one", right);
      button.classList.toggle("cx-wrong-one", wrong);
      button.lastChild.textContent = right ? "✓ right" : wrong ? "✗ your answer" : "";
    }
  };
  return box;
};
