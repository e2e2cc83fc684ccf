// The link to the kernel: when it breaks, the last picture stays, and a sentence says what to do.

const ANSWER_MS = 5000; // the longest step takes a tenth of it

// `el` is the element that the widget was given, `root` the widget in it. Tell `asked` of every question.
function createLink(model, el, root, answers, signal) {
  const again = document.body.classList.contains("cx-page") ? "Load this page again" : "Press “Start this lesson” at the top";
  const words = h("p", { class: "cx-lost", role: "alert", hidden: true });
  let waiting = 0;
  const broken = (lost) => {
    const said = lost ? `The link to the kernel is lost, and the last picture stays. ${again} to go on.` : "";
    if (words.textContent !== said) words.textContent = said;
    words.hidden = !lost;
    root.classList.toggle("cx-unlinked", lost);
  };
  // Jupyter marks a widget whose kernel has gone
  const gone = () => el.classList.contains("jupyter-widgets-disconnected");
  const watch = new MutationObserver(() => broken(gone()));
  watch.observe(el, { attributeFilter: ["class"] });
  const answered = () => {
    clearTimeout(waiting);
    waiting = 0;
    broken(gone());
  };
  for (const name of answers) model.on(`change:${name}`, answered);
  signal.addEventListener("abort", () => {
    clearTimeout(waiting);
    watch.disconnect();
    for (const name of answers) model.off(`change:${name}`, answered);
  });
  broken(gone());
  return {
    words,
    asked() {
      if (!waiting) waiting = setTimeout(() => broken(true), ANSWER_MS);
    },
  };
}
