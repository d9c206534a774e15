/** Buttons of the run: play, step, speed, luck, designs. */
import { el, byId, fill } from "./dom.js";
import { settingWords } from "./changes.js";

/** Weeks a second of each position of the speed slider. */
const SPEEDS = [0.5, 1, 2, 4, 8, 12, 20, 30, 60, 200, 1000];

export class Controls {
  /** `actions` = {toggle(), step(weeks), reset(), luck(seed), speed(weeks), choose(design, name), say(text)}. */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    byId("play").addEventListener("click", () => actions.toggle());
    byId("step").addEventListener("click", () => actions.step(1));
    byId("reset").addEventListener("click", () => actions.reset());
    byId("luck").addEventListener("click", () => actions.luck(1 + Math.floor(Math.random() * 999999)));
    byId("seed").addEventListener("change", () => this._seed());
    byId("speed").addEventListener("input", () => actions.speed(SPEEDS[Number(byId("speed").value)]));
    for (const d of ["a", "b"]) byId(`design-${d}`).addEventListener("change", (e) => actions.choose(d, e.target.value));
    store.on("catalogue", () => this._designs());
    for (const event of ["opened", "at", "speed", "refused"]) store.on(event, () => this._show());
  }

  _seed() {
    const field = byId("seed");
    if (field.value !== "" && field.checkValidity()) return this.actions.luck(Number(field.value));
    this.actions.say(`A seed is a whole number from 0 to ${field.max}. It stays ${this.store.seed}.`);
    field.value = this.store.seed;
    return undefined;
  }

  /** One position faster or slower. */
  faster(by) {
    const at = Math.max(0, Math.min(SPEEDS.length - 1, Number(byId("speed").value) + by));
    this.actions.speed(SPEEDS[at]);
  }

  _designs() {
    const families = grouped(this.store.catalogue.scenarios);
    for (const d of ["a", "b"]) {
      const groups = [...families].map(([family, list]) => el("optgroup", { label: family }, list.map((s) => el("option", { value: s.name }, s.title))));
      const own = el("option", { value: "own", hidden: true }, "Your own file");
      fill(byId(`design-${d}`), d === "b" ? el("option", { value: "" }, "none: only A") : null, own, groups);
    }
  }

  _show() {
    const { store } = this;
    const play = byId("play");
    play.textContent = store.playing ? "Pause" : "Play";
    play.setAttribute("aria-pressed", String(store.playing));
    const at = SPEEDS.reduce((best, s, k) => (Math.abs(s - store.speed) < Math.abs(SPEEDS[best] - store.speed) ? k : best), 0);
    byId("speed").value = at;
    byId("speed").setAttribute("aria-valuetext", `${store.speed} weeks a second`);
    byId("speed-now").textContent = store.speed >= 1000 ? "at once" : `${store.speed} weeks/s`;
    if (document.activeElement !== byId("seed")) byId("seed").value = store.seed;
    if (store.opened) this._names();
  }

  _names() {
    const { store } = this;
    for (const d of ["a", "b"]) {
      const open = store.opened.designs[d];
      byId(`design-${d}`).value = store.request?.[d]?.scenario ?? (store.request?.[d] ? "own" : "");
      byId(`name-${d}`).textContent = open ? open.title + settingWords(store.request?.[d]?.set) : "";
      byId(`name-${d}`).title = byId(`name-${d}`).textContent;
      byId(`about-${d}`).textContent = open ? `${open.description.replaceAll(/\s+/g, " ")}${open.watch ? ` Watch: ${open.watch}` : ""}` : "";
      byId(`about-${d}`).parentElement.hidden = !open;
      for (const kind of ["toml", "csv"]) byId(`save-${kind}-b`).hidden = !store.opened.designs.b;
    }
    fill(byId("design-notes"), store.designs.flatMap((d) => store.opened.designs[d].notes ?? []).map((note) => el("li", {}, note)));
  }
}

/** Scenarios by family; `Map.groupBy` is too new for some browsers. */
function grouped(list) {
  const groups = new Map();
  for (const s of list) groups.set(s.family, [...(groups.get(s.family) ?? []), s]);
  return groups;
}
