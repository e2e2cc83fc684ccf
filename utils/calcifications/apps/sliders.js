// The sliders of a recipe, with their values and units.

// a slider with a logarithmic scale moves by equal factors
const toPosition = (s, v) => (s.log ? Math.round((s.factors * Math.log(v / s.low)) / Math.log(s.high / s.low)) : v);
const toValue = (s, p) => (s.log ? Number((s.low * (s.high / s.low) ** (p / s.factors)).toPrecision(3)) : Number(p));
const spoken = (s, v) => `${Number(v).toFixed(s.places)}${s.unit ? " " + s.unit : ""}`;

// One row a slider, standing as the recipe says; `moved` is told a slider's name and value.
function createSliders(sliders, recipe, moved) {
  const puts = new Map();
  const inputs = new Map();
  const row = (s) => {
    const out = h("output", {});
    const input = h("input", {
      type: "range",
      min: s.log ? 0 : s.low,
      max: s.log ? s.factors : s.high,
      step: s.log ? 1 : s.step,
      "aria-label": `${s.label} (${s.term})`,
      "data-slider": s.name,
      oninput: () => {
        const value = toValue(s, input.value);
        show(value);
        moved(s.name, value);
      },
    });
    const show = (value) => {
      const said = spoken(s, value);
      if (out.textContent === said) return;
      out.textContent = said;
      input.setAttribute("aria-valuetext", said);
    };
    const put = (value) => {
      input.value = toPosition(s, value);
      show(value);
    };
    put(recipe[s.name]);
    puts.set(s.name, put);
    inputs.set(s.name, input);
    return h("label", { class: "cx-slider" }, h("span", { class: "cx-slider-name" }, s.label, h("small", {}, s.term)), out, input);
  };
  return {
    rows: (main) => sliders.filter((s) => s.main === main).map(row),
    put(now) {
      for (const [name, put] of puts) put(now[name]);
    },
    // Bring a slider into sight and under the hand, to move it back or on.
    take(name, value) {
      const input = inputs.get(name);
      const fold = input.closest("details");
      if (fold) fold.open = true;
      puts.get(name)(value);
      input.focus();
    },
  };
}
