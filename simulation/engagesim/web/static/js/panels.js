/** The charts beside the networks: two chosen measures, states of both designs, flow of value, Lorenz curves. */
import { el, byId, throttled } from "./dom.js";
import { paint } from "./paint.js";
import { drawFlow, drawLorenz, drawSeries, drawStack, lorenzData } from "./charts.js";
import { short } from "./numbers.js";

const PAUSE = 120;

export class Panels {
  constructor(store, palette) {
    this.store = store;
    this.palette = palette;
    this.redraw = throttled(() => this._redraw(), PAUSE);
    this.list = [
      panel("series-1", (pen, size) => this._series(pen, size, 0)),
      panel("series-2", (pen, size) => this._series(pen, size, 1)),
      panel("stack-a", (pen, size) => this._stack(pen, size, "a")),
      panel("stack-b", (pen, size) => this._stack(pen, size, "b")),
      panel("flow", (pen, size) => this._flow(pen, size)),
      panel("lorenz-contribution", (pen, size) => this._lorenz(pen, size, "contribution")),
      panel("lorenz-power", (pen, size) => this._lorenz(pen, size, "power")),
    ];
    for (const p of this.list) new ResizeObserver(() => this.redraw()).observe(p.canvas.parentElement);
    for (const event of ["opened", "frame", "history", "curves", "band", "levers", "shown"]) store.on(event, this.redraw);
    store.on("opened", () => (byId("panel-stack-b").hidden = !store.opened.designs.b));
    [0, 1].forEach((k) => byId(`measure-${k + 1}`).addEventListener("change", (e) => this._choose(k, e.target.value)));
    store.on("catalogue", () => this._options());
    store.on("shown", () => this._options());
  }

  /** Other colours. */
  recolour(palette) {
    this.palette = palette;
    this.redraw();
  }

  /** Everything a chart shows, as `drawSeries` wants it. */
  seriesData(k) {
    const { store } = this;
    const name = store.shown[k];
    const bands = Object.fromEntries(store.designs.map((d) => [d, store.bands[`${d} ${name}`]]));
    return {
      measure: store.measure(name), weeks: store.weeks, week: store.week, bands,
      a: store.series.a?.[name] ?? [], b: store.designs.includes("b") ? store.series.b[name] : null,
      marks: store.changes.map((c) => c.at),
    };
  }

  _choose(k, name) {
    this.store.shown[k] = name;
    this.store.emit("shown");
  }

  _options() {
    const open = this.store.opened?.measures ?? this.store.catalogue.measures.map((m) => m.name);
    [0, 1].forEach((k) => {
      const select = byId(`measure-${k + 1}`);
      if (select.options.length !== open.length) {
        select.replaceChildren(...open.map((name) => el("option", { value: name }, this.store.measure(name)?.title ?? name)));
      }
      select.value = this.store.shown[k];
    });
  }

  _redraw() {
    if (!this.store.opened) return;
    for (const { canvas, draw } of this.list) paint(canvas, draw, this.palette);
    this._values();
  }

  _values() {
    [0, 1].forEach((k) => {
      const name = this.store.shown[k];
      const text = this.store.designs.map((d) => `${d.toUpperCase()} ${short(this.store.now(d, name))}`).join("  ");
      byId(`value-${k + 1}`).textContent = text;
      const measure = this.store.measure(name);
      byId(`series-${k + 1}`).setAttribute("aria-label", `${measure.title} by week, ${measure.unit}. Now: ${text}`);
    });
  }

  _series(pen, size, k) {
    drawSeries(pen, size, this.palette, this.seriesData(k));
  }

  _stack(pen, size, design) {
    const { store } = this;
    drawStack(pen, size, this.palette, { states: store.states[design] ?? [], weeks: store.weeks, week: store.week });
  }

  _flow(pen, size) {
    const { curves } = this.store;
    if (curves?.flow?.a) drawFlow(pen, size, this.palette, curves.flow);
    else none(pen, this.palette);
  }

  _lorenz(pen, size, what) {
    const data = lorenzData(this.store.curves, what);
    if (data.a || data.b) drawLorenz(pen, size, this.palette, data);
    else none(pen, this.palette);
  }
}

function panel(id, draw) {
  return { canvas: byId(id), draw };
}

function none(pen, palette) {
  pen.words(12, 26, "From the first week on.", { fill: palette.faint });
}
