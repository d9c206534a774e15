/** The axis of weeks: scrub back and forth, scheduled changes as marks, a form to plan one. */
import { el, byId, fill } from "./dom.js";
import { changeWords, keyWords } from "./changes.js";
import { short } from "./numbers.js";

export class Timeline {
  /** `actions` = {seek(week), schedule(design, at, key, value), unschedule(design, at, key)}. */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.slider = byId("week");
    this.slider.addEventListener("input", () => actions.seek(Number(this.slider.value)));
    byId("plan").addEventListener("submit", (event) => this._plan(event));
    byId("plan-lever").addEventListener("change", () => this._valueField());
    for (const event of ["opened", "frame"]) store.on(event, () => this._week());
    for (const event of ["opened", "levers"]) store.on(event, () => this._marks());
    store.on("opened", () => this._form());
  }

  _week() {
    const { week, weeks } = this.store;
    this.slider.max = weeks;
    if (document.activeElement !== this.slider || this.store.playing) this.slider.value = week;
    this.slider.setAttribute("aria-valuetext", `week ${week} of ${weeks}`);
    byId("week-now").textContent = `week ${week} of ${weeks}`;
  }

  _marks() {
    const { changes, weeks } = this.store;
    fill(byId("marks"), changes.map((c) => this._mark(c, weeks)));
    const list = byId("changes");
    const at = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    fill(list, changes.length ? changes.map((c) => this._line(c)) : el("li", {}, "No change is planned."));
    if (at >= 0) (list.querySelectorAll("button")[Math.min(at, changes.length - 1)] ?? byId("plans").querySelector("summary")).focus();
  }

  _mark(change, weeks) {
    const button = el("button", {
      type: "button", class: `mark of-${change.design}`, title: this._says(change), "aria-label": `Go to: ${this._says(change)}`,
      onclick: () => this.actions.seek(change.at),
    });
    button.style.setProperty("--at", String(change.at / Math.max(1, weeks)));
    return button;
  }

  _line(change) {
    const remove = el("button", {
      type: "button", class: "small", "aria-label": `Take back: ${this._says(change)}`,
      onclick: () => this.actions.unschedule(change.design, change.at, change.key),
    }, "Take back");
    return el("li", {}, this._says(change), " ", remove);
  }

  _says(change) {
    return changeWords(change, keyWords(change.key, this.store.lever(change.key)?.title ?? change.key));
  }

  _form() {
    const { designs, catalogue } = this.store;
    fill(byId("plan-design"), designs.map((d) => el("option", { value: d }, d.toUpperCase())));
    byId("plan-week").max = this.store.weeks - 1;
    const keep = byId("plan-lever").value;
    const groups = catalogue.groups.filter((g) => this._options(g.levers).length);
    fill(byId("plan-lever"), this._rewards(), groups.map((g) => el("optgroup", { label: g.title }, this._options(g.levers))));
    if (keep) byId("plan-lever").value = keep;
    this._valueField();
  }

  _options(levers) {
    const turning = levers.filter((l) => !l.fixed);
    const keys = turning.flatMap((l) => (l.roles?.length ? l.roles.map((r) => [`${l.key}.${r}`, `${l.title} (${r}s)`]) : [[l.key, l.title]]));
    return keys.map(([key, title]) => el("option", { value: key }, title));
  }

  _rewards() {
    const names = [...new Set(this.store.designs.flatMap((d) => this.store.opened.designs[d].instruments))];
    const options = names.map((name) => el("option", { value: `${name}.value` }, `Value of ${name}`));
    return options.length ? [el("optgroup", { label: "Rewards" }, options)] : [];
  }

  _valueField() {
    const lever = this.store.lever(byId("plan-lever").value);
    if (!lever) return;
    const choices = lever.kind === "choice";
    const field = choices
      ? el("select", { id: "plan-value" }, lever.choices.map((c) => el("option", { value: c }, c.replaceAll("_", " "))))
      : el("input", { id: "plan-value", type: "number", min: lever.low, max: lever.high, step: "any", required: true });
    byId("plan-value").replaceWith(field);
    byId("plan-range").textContent = choices ? "" : `${short(lever.low)} to ${short(lever.high)}`;
  }

  _plan(event) {
    event.preventDefault();
    const key = byId("plan-lever").value;
    const raw = byId("plan-value").value;
    const value = this.store.lever(key).kind === "choice" ? raw : Number(raw);
    this.actions.schedule(byId("plan-design").value, Number(byId("plan-week").value), key, value);
  }
}
