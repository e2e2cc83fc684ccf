// The keys of the talk, and of a clicker: these send the arrows of a page, a full stop for a black screen, F5 to begin.

const TALK_KEYS = [
  { keys: ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"], shown: ["→", "Page down", "Space"], what: "one step more; then the next case", press: "next" },
  { keys: ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"], shown: ["←", "Page up"], what: "a step back", press: "back" },
  { keys: ["b", "."], shown: ["B", "."], what: "black screen", press: "hide" },
  { keys: ["o"], shown: ["O"], what: "outlines on and off, once they are revealed", press: "overlays" },
  { keys: ["v"], shown: ["V"], what: "another view of the case", press: "look" },
  { keys: ["p"], shown: ["P"], what: "let the room vote; close the vote", press: "poll" },
  { keys: ["j"], shown: ["J"], what: "how to join the vote, large", press: "join" },
  { keys: ["n"], shown: ["N"], what: "speaker’s notes, in a window of their own", act: "notes" },
  { keys: ["t"], shown: ["T"], what: "30 seconds to think; again to put it away", act: "time" },
  { keys: ["+", "="], shown: ["+", "−", "0"], what: "closer, farther, as it opened", act: "closer" },
  { keys: ["-", "_"], act: "farther" },
  { keys: ["0"], act: "opened" },
  { keys: [], shown: ["1–9", "Enter"], what: "go to the case of that number" },
  { keys: ["f", "F5"], shown: ["F"], what: "whole screen", act: "whole" },
  { keys: ["?"], shown: ["?"], what: "this list", act: "help" },
];

// `acts` does what the page does itself, `press` tells the kernel.
function listenToTalk(root, press, acts, signal) {
  const table = Object.fromEntries(TALK_KEYS.flatMap((row) => row.keys.map((key) => [key, row])));
  let typed = "";
  let forget = 0;
  const clear = () => ((typed = ""), acts.typed(""));
  // alone on its page it has all keys; in a notebook only those that are pressed in it
  const ears = document.body.classList.contains("cx-page") ? document : root;
  ears.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (root.querySelector("dialog[open]")) return;
      const onButton = event.target.closest && event.target.closest("button") && [" ", "Enter"].includes(event.key);
      if (onButton) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (/^[0-9]$/.test(key) && (typed || key !== "0")) {
        typed = (typed + key).slice(-3);
        acts.typed(typed);
        clearTimeout(forget);
        forget = setTimeout(clear, 3000);
        return event.preventDefault();
      }
      if (typed && key === "Enter") {
        press("go", Number(typed));
        clear();
        return event.preventDefault();
      }
      const row = table[key];
      if (!row) return;
      event.preventDefault();
      event.stopPropagation();
      clear();
      if (event.repeat && row.press) return; // a key that is held down does not run through the deck
      if (row.press) press(row.press);
      else acts[row.act]();
    },
    { signal }
  );
  signal.addEventListener("abort", () => clearTimeout(forget));
}

function createTalkHelp() {
  const close = h("button", { type: "button", autofocus: true, onclick: () => element.close() }, "Close");
  const rows = TALK_KEYS.filter((row) => row.shown).map(({ shown, what }) => h("tr", {}, h("td", {}, ...shown.map((key) => h("kbd", {}, key))), h("td", {}, what)));
  const element = h("dialog", { class: "cx-help cx-talk-help", "aria-label": "Keys", tabindex: -1 }, h("h4", {}, "Keys and clicker"), h("table", {}, h("tbody", {}, ...rows)), h("p", { class: "cx-help-foot" }, "The mouse: drag for contrast, wheel for zoom.", close));
  element.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "?") element.close();
  });
  element.addEventListener("click", (event) => event.target === element && element.close());
  return element;
}
