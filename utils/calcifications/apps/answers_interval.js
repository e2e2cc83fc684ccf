// Set both ends of a range; the published one comes under it with the mark.

WAYS.interval = (sheet, stage, submit) => {
  const wide = sheet.high - sheet.low;
  const share = (value) => (100 * (value - sheet.low)) / wide;
  const ends = [sheet.low + wide / 4, sheet.low + (3 * wide) / 4].map(Math.round);
  const bar = h("i", {});
  const theirs = h("i", { class: "cx-theirs" });
  const output = h("output", {});
  const told = h("p", {});
  const names = ["Lowest", "Highest"];
  const inputs = names.map((name, place) =>
    h("input", {
      type: "range",
      min: sheet.low,
      max: sheet.high,
      step: sheet.step,
      value: ends[place],
      "aria-label": `${name}, in ${sheet.unit} ${sheet.label}`,
      oninput: (event) => {
        ends[place] = Number(event.target.value);
        // one end takes the other along
        const other = 1 - place;
        if (ends[0] > ends[1]) inputs[other].value = ends[other] = ends[place];
        draw();
      },
    })
  );
  const draw = () => {
    bar.style.left = `${share(ends[0])}%`;
    bar.style.width = `${share(ends[1]) - share(ends[0])}%`;
    output.textContent = `${ends[0]} to ${ends[1]} ${sheet.unit}`;
    inputs.forEach((input, place) => input.setAttribute("aria-valuetext", `${ends[place]} ${sheet.unit}`));
  };
  const box = h(
    "div",
    { class: "cx-interval", role: "group", "aria-label": "Answer" },
    h("div", { class: "cx-span", "aria-hidden": "true" }, bar),
    h("div", { class: "cx-span", "aria-hidden": "true", hidden: true }, theirs),
    ...names.map((name, place) => h("label", { class: "cx-slider" }, h("span", {}, name), inputs[place])),
    h("p", {}, "Your range: ", output, ` ${sheet.label}`),
    told,
    handIn(() => submit([...ends]))
  );
  draw();
  box.mark = (marked) => {
    closeAnswer(box);
    const [low, high] = marked.accepted.range.map(Number);
    theirs.style.left = `${share(low)}%`;
    theirs.style.width = `${share(high) - share(low)}%`;
    theirs.parentElement.hidden = false;
    told.replaceChildren(verdictOf(marked.right, "not near enough"), ` Published: ${low} to ${high} ${sheet.unit}`);
  };
  return box;
};
