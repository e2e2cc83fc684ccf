// Move the explorer's sliders until the picture is what was asked for. The kernel draws each step; the verdict comes with
// the mark.

WAYS.sliders = (sheet, stage, submit) => {
  let recipe = { ...sheet.recipe };
  const moved = (change) => {
    recipe = { ...recipe, ...change };
    stage.try(recipe);
  };
  const rows = createSliders(sheet.sliders, recipe, (name, value) => moved({ [name]: value }));
  const lies = h(
    "select",
    { onchange: (event) => moved({ arrangement: event.target.value }) },
    ...sheet.arrangements.map(([value, words]) => h("option", { value, selected: value === recipe.arrangement }, words))
  );
  const back = h("button", { type: "button", onclick: () => (moved(sheet.recipe), rows.put(sheet.recipe), (lies.value = sheet.recipe.arrangement)) }, "As it was");
  const said = h("span", {});
  const box = h(
    "div",
    { class: "cx-making", role: "group", "aria-label": "Answer" },
    h("div", { class: "cx-handing" }, handIn(() => submit(recipe)), back, said),
    h("label", { class: "cx-select" }, h("span", {}, "laid out"), lies),
    ...rows.rows(undefined)
  );
  box.mark = (told) => {
    closeAnswer(box);
    said.replaceChildren(verdictOf(told.right, `it reads: ${told.chosen}`));
  };
  return box;
};
