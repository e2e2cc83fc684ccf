// Undo and redo. A state is whatever `restore` can bring back; moves of one control that follow on each other are one step.

const ONE_STEP_MS = 1000;
const MOST_STEPS = 300;

function createHistory(restore) {
  const states = [];
  let here = -1;
  let returning = false; // an earlier state is asked for, and not yet there
  let by = "";
  let when = 0;
  const arrow = (name, keys, path, act) =>
    h(
      "button",
      { type: "button", class: "cx-icon", "aria-label": name, title: `${name} (${keys})`, "aria-disabled": "true", onclick: act },
      h("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, h("path", { d: path }))
    );
  const step = (by_) => {
    if (!(here + by_ in states)) return;
    here += by_;
    returning = true;
    by = "";
    mark();
    restore(JSON.parse(states[here]));
  };
  const undo = arrow("Undo", "Ctrl+Z", "M4 8h8a4.5 4.5 0 0 1 0 9H8M4 8l4-4M4 8l4 4", () => step(-1));
  const redo = arrow("Redo", "Ctrl+Shift+Z", "M16 8H8a4.5 4.5 0 0 0 0 9h4M16 8l-4-4M16 8l-4 4", () => step(1));
  const mark = () => {
    undo.setAttribute("aria-disabled", String(!(here - 1 in states)));
    redo.setAttribute("aria-disabled", String(!(here + 1 in states)));
  };
  return {
    element: h("span", { class: "cx-history", role: "group", "aria-label": "History" }, undo, redo),
    // The reader asks for something new: what was to be brought back no longer counts.
    leave: () => (returning = false),
    // This is on the page now; `control` is what brought it there.
    note(state, control) {
      const now = JSON.stringify(state);
      if (states[here] === now) returning = false;
      if (returning || states[here] === now) return;
      const same = control && control === by && performance.now() - when < ONE_STEP_MS && here > 0;
      if (!same) here += 1;
      states.splice(here, states.length, now);
      if (states.length > MOST_STEPS) states.splice(0, states.length - MOST_STEPS);
      here = states.length - 1;
      [by, when] = [control, performance.now()];
      mark();
    },
    keys(event) {
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (!command || event.altKey || !["z", "y"].includes(key) || event.target.matches("input[type=text]")) return;
      event.preventDefault();
      step(key === "y" || event.shiftKey ? 1 : -1);
    },
  };
}
