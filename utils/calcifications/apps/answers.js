// The ways to answer a question. Each takes what the question needs (`sheet`), a stage and `submit`, and returns an element
// with two methods: press(event) takes a key that was pressed anywhere in the quiz, and says whether it used it;
// mark(told) closes it and shows what was right. None of them knows the key before that.
//
// stage: {viewer, try(answer)}: the pictures, and a way to have an answer shown that is not given yet.

const WAYS = {};

let answersMade = 0; // ids and names of radio buttons must differ from one question to the next

// The box that takes the answer. sheet.way says which one.
function answerBox(sheet, stage, submit) {
  const box = WAYS[sheet.way](sheet, stage, submit);
  box.classList.add("cx-answer");
  box.dataset.way = sheet.way;
  box.press ||= () => false;
  box.mark ||= () => closeAnswer(box);
  return box;
}

// Close all that can still be pressed or moved.
function closeAnswer(box) {
  for (const each of box.querySelectorAll("button, input, select")) each.disabled = true;
  box.dataset.closed = "yes";
}

// The button that hands an answer in, where choosing alone does not.
function handIn(onclick, words = "Mark it") {
  return h("button", { type: "button", class: "cx-hand-in", onclick }, words);
}

// What is said of one part of an answer once it is marked.
function verdictOf(right, key = "") {
  return h("i", { class: right ? "cx-yes" : "cx-no" }, right ? "✓ right" : `✗ ${key}`);
}
