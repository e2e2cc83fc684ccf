// The window: which grey values are shown as black and as white. The kernel fits one to each picture's tissue; the hand
// widens and shifts it, by the same for all panes, so that two views stay comparable.

const KNEE = 0.7; // the same as in still.py
const NARROWEST = 20; // grey values from black to white
const PER_PIXEL = { factor: 1 / 200, shift: 2 }; // of a drag

// How many times as wide as fitted to the tissue, and how far up, in halves of the fitted width.
const PRESETS = [
  { name: "Usual", what: "fitted to the tissue", factor: 1, up: 0 },
  { name: "Hard", what: "for faint specks", factor: 0.6, up: -0.05 },
  { name: "Soft", what: "for light and dark parts at once", factor: 2, up: 0 },
  { name: "High", what: "for shapes inside dense calcium", factor: 1.6, up: 1.2 },
];

// Fill the table from grey to screen: a straight line, bent over near white, so that dense lumps keep their shape.
function fillTable(table, [low, high], inverted) {
  const put = (v) => {
    const s = inverted ? 255 - v : v;
    return (0xff000000 | (s << 16) | (s << 8) | s) >>> 0;
  };
  let grey = Math.min(Math.max(Math.ceil(low), 0), table.length);
  table.fill(put(0), 0, grey);
  for (; grey < table.length; grey++) {
    const x = (grey - low) / (high - low);
    const v = Math.round(255 * (x < KNEE ? x : KNEE + (1 - KNEE) * (1 - Math.exp((KNEE - x) / (1 - KNEE)))));
    if (v === 255) break; // all that is brighter is white
    table[grey] = put(v);
  }
  table.fill(put(255), grey);
}

function createWindow() {
  let factor = 1;
  let shift = 0; // grey values
  let preset = 0;
  let inverted = false;
  const half = ([low, high]) => (high - low) / 2;
  return {
    // A drag by so many pixels: to the right for a wider window, up for a brighter picture.
    drag(right, down) {
      factor *= Math.exp(right * PER_PIXEL.factor);
      shift += down * PER_PIXEL.shift;
      preset = -1;
    },
    choose(number, fitted) {
      preset = number;
      factor = PRESETS[number].factor;
      shift = PRESETS[number].up * half(fitted);
    },
    invert() {
      inverted = !inverted;
    },
    reset() {
      [factor, shift, preset, inverted] = [1, 0, 0, false];
    },
    // What is shown as black and as white, of a picture whose tissue was fitted with these.
    of(fitted) {
      const middle = (fitted[0] + fitted[1]) / 2 + shift;
      const reach = Math.max(NARROWEST / 2, half(fitted) * factor);
      return [middle - reach, middle + reach];
    },
    get preset() {
      return preset;
    },
    get inverted() {
      return inverted;
    },
  };
}
