// Press a place on the picture, or move the cross there with the arrow keys and press Enter; then hand it in.

WAYS.place = (sheet, stage, submit) => {
  let place = null;
  const button = handIn(() => place && submit(place), "This is the place");
  button.disabled = true;
  const said = h("p", { role: "status" }, "Nothing pressed yet.");
  const keys = h("button", { type: "button", onclick: () => stage.viewer.focus() }, "Use the arrow keys");
  const how = h("p", {}, `Press on the picture, or move the cross with the arrow keys (Shift: faster) and press Enter. ${sheet.note}`);
  const box = h("div", { class: "cx-place", role: "group", "aria-label": "Answer" }, how, said, h("div", { class: "cx-handing" }, button, keys));
  stage.viewer.aim((pressed) => {
    const again = place && pressed.every((share, way) => Math.abs(share - place[way]) < 0.002);
    place = pressed;
    stage.viewer.pin(place, "here?");
    const [across, down] = place.map((share) => Math.round(100 * share));
    said.textContent = `Pressed: ${across} % from the left, ${down} % from the top.`;
    button.disabled = false;
    if (again) button.focus({ preventScroll: true }); // Enter, twice on one place: the third hands it in
  });
  box.mark = (told) => {
    closeAnswer(box);
    how.remove();
    keys.remove();
    stage.viewer.aim(null);
    stage.viewer.pin(place, told.right ? "✓ found" : `✗ ${told.off_mm.toFixed(0)} mm off`);
    said.replaceChildren(verdictOf(told.right, `${told.off_mm.toFixed(0)} mm beside them`));
  };
  return box;
};
