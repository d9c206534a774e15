/** The picture in numbers, for whoever cannot or does not want to look, and a short spoken line when things stand still. */
import { el, byId, fill, throttled } from "./dom.js";
import { nodeOf } from "./nodes.js";
import { ROLES, STATES } from "./palette.js";
import { short } from "./numbers.js";

const PAUSE = 600;

export class DataTable {
  constructor(store) {
    this.store = store;
    const redraw = throttled(() => this._redraw(), PAUSE);
    for (const event of ["opened", "frame", "history", "shown"]) store.on(event, redraw);
    byId("numbers").addEventListener("toggle", redraw);
    const speak = throttled(() => this._speak(), PAUSE);
    for (const event of ["at", "frame"]) store.on(event, () => !store.playing && speak());
  }

  _redraw() {
    const { store } = this;
    if (!store.opened || !byId("numbers").open) return;
    fill(byId("numbers-body"), this._measures(), store.designs.filter((d) => store.nodes[d]).map((d) => this._members(d)));
  }

  _measures() {
    const { store } = this;
    const heads = ["Measure", ...store.designs.map((d) => d.toUpperCase()), "Unit"];
    const rows = store.opened.measures.map((name) => {
      const m = store.measure(name);
      return el("tr", {}, el("th", { scope: "row" }, m.title), store.designs.map((d) => el("td", {}, short(store.now(d, name)))), el("td", {}, m.unit));
    });
    return table(`Measures in week ${store.week}`, heads, rows);
  }

  _members(d) {
    const counts = ROLES.map(() => new Array(STATES.length).fill(0));
    const { role } = this.store.topologies[d] ?? {};
    if (!role) return null;
    this.store.nodes[d].forEach((byte, k) => {
      const node = nodeOf(byte);
      counts[role[k]][node.empty ? 5 : node.state] += 1;
    });
    const rows = counts.map((list, k) => el("tr", {}, el("th", { scope: "row" }, ROLES[k]), list.map((n) => el("td", {}, String(n)))));
    return table(`Members of ${d.toUpperCase()}, ${this.store.opened.designs[d].title}, by state`, ["Role", ...STATES], rows);
  }

  _speak() {
    const { store } = this;
    if (store.playing || !store.opened || !store.week) return;
    const parts = store.shown.map((name) => {
      const values = store.designs.map((d) => `${d.toUpperCase()} ${short(store.now(d, name))}`).join(", ");
      return `${store.measure(name).title}: ${values}`;
    });
    byId("spoken").textContent = `Week ${store.week}. ${parts.join(". ")}.`;
  }
}

function table(caption, heads, rows) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, heads.map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows)));
}
