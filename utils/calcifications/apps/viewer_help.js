// Help: a dialog that lists what each key, the mouse and fingers do. The browser keeps the focus in it, and Escape
// closes it.

let helpsMade = 0; // ids must differ from one viewer to the next

function createHelp(rows) {
  const id = `cx-help-${++helpsMade}`;
  const close = h("button", { type: "button", autofocus: true, onclick: () => element.close() }, "Close");
  const line = ({ what, shown, mouse, touch }) =>
    h("tr", {}, h("th", { scope: "row" }, what), h("td", {}, ...shown.map((key) => h("kbd", {}, key))), h("td", {}, mouse), h("td", {}, touch));
  const head = ["", "Keys", "Mouse", "Touch"].map((text) => (text ? h("th", { scope: "col" }, text) : h("td", {})));
  const element = h(
    "dialog",
    { class: "cx-help", "aria-labelledby": id, tabindex: -1 },
    h("h4", { id }, "The picture: keys, mouse and touch"),
    h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows.map(line))),
    h("p", { class: "cx-help-foot" }, "Keys work once the picture has been clicked, or reached with Tab.", close)
  );
  element.addEventListener("keydown", (event) => event.stopPropagation()); // nothing typed here is for the picture
  element.addEventListener("click", (event) => event.target === element && element.close()); // beside the list
  let back = null;
  element.addEventListener("close", () => back && back.focus({ preventScroll: true }));
  return {
    element,
    open() {
      back = document.activeElement;
      element.showModal();
    },
  };
}
