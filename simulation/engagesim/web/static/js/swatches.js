/** The legend of the states of participation, beside each chart of them. */
import { el, fill } from "./dom.js";
import { stateLegend } from "./charts.js";

const SWATCH = 14;

/** Fill every legend of states, in the colours of a palette; from the bottom of the stack to its top. */
export function stateSwatches(palette) {
  for (const legend of document.querySelectorAll(".swatches.states")) fill(legend, stateLegend(palette).map((state) => swatch(state, palette.faint)));
}

function swatch({ name, colour }, edge) {
  const box = el("canvas", { width: SWATCH, height: SWATCH, "aria-hidden": "true" });
  const context = box.getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, SWATCH, SWATCH);
  context.strokeStyle = edge;
  context.strokeRect(0.5, 0.5, SWATCH - 1, SWATCH - 1);
  return el("span", {}, box, name);
}
