// What stands at the foot of every widget: a case code to copy, its colours, and the switch for the back row.

// A button that copies what stands in an element.
function createCopy(code) {
  const text = () => code.value ?? code.textContent;
  const told = h("span", { class: "cx-said", role: "status" });
  const button = h("button", { type: "button", class: "cx-copy", title: "Copy the case code, to share or to cite this very pattern" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      window.getSelection().selectAllChildren(code); // where a browser forbids the one way, the old way
      code.select?.();
      document.execCommand("copy");
    }
    button.textContent = "✓";
    told.textContent = "Copied";
    setTimeout(() => ([button.textContent, told.textContent] = ["Copy", ""]), 2000);
  });
  return h("span", { class: "cx-copying" }, button, told);
}

// Return the controls; they work until `signal` aborts.
function createStage(root, signal) {
  const colours = h(
    "select",
    { "aria-label": "Colours", title: "Colours", class: "cx-colours", onchange: () => chooseTheme(colours.value) },
    ...THEMES.map(([value, words]) => h("option", { value }, `Colours: ${words}`))
  );
  followTheme(root, signal, (chosen) => (colours.value = chosen));

  const present = h("button", { type: "button", class: "cx-present", "aria-pressed": "false", title: "Larger type, on the whole screen; Esc ends it" }, "Present");
  const put = (large) => {
    root.classList.toggle("cx-large", large);
    present.setAttribute("aria-pressed", String(large));
  };
  const whole = () => document.fullscreenElement === root;
  present.addEventListener("click", () => {
    const large = !root.classList.contains("cx-large");
    put(large);
    // a browser may refuse the whole screen: the type is larger all the same
    if (large) root.requestFullscreen?.().catch(() => {});
    else if (whole()) document.exitFullscreen();
  });
  let was = false;
  document.addEventListener(
    "fullscreenchange",
    () => {
      if (was && !whole()) put(false);
      was = whole();
    },
    { signal }
  );
  return h("span", { class: "cx-stage" }, colours, present);
}
