// "Add to deck": the kernel puts the case at the end of the instructor's deck, and says which case of it that is now.

const ADDED_MS = 3000; // so long the button says so

// Return the button; what went wrong stands in `problem`. It works until `signal` aborts.
function createAdding(model, problem, signal) {
  const told = h("span", { class: "cx-said", role: "status" });
  const button = h("button", { type: "button", class: "cx-adding", title: "Put this case at the end of your deck for a class" }, "Add to deck");
  button.addEventListener("click", () => {
    model.set("add", model.get("add") + 1);
    model.save_changes();
  });
  const hear = () => {
    const { case: number, deck, problem: wrong } = model.get("added");
    problem.textContent = wrong;
    if (wrong) return;
    button.textContent = `✓ Case ${number}`;
    told.textContent = `Case ${number} of ${deck}`;
    button.title = `Case ${number} of ${deck}`;
    setTimeout(() => ([button.textContent, told.textContent] = ["Add to deck", ""]), ADDED_MS);
  };
  model.on("change:added", hear);
  signal.addEventListener("abort", () => model.off("change:added", hear));
  return h("span", {}, button, told);
}
