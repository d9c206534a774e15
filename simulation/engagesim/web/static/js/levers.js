/** Levers of both designs: sliders, switches and numbers, a first choice in view and all others behind. */
import { el, byId, fill, freshId, throttled } from "./dom.js";
import { short } from "./numbers.js";

/** What a newcomer sees first, in the order of the questions they answer. */
const FIRST = [
  "capture_share", "own_share", "return_share", "sharing_rule", "demand", "imposed", "demand_ratchet", "budget",
  "evaluator", "visibility_relational", "lateral_tie_rate", "voice_response", "enacted", "response_norm",
];
const SLIDER_MOST = 2;
const SLIDER_MOST_WHOLE = 30;
const SEND_PAUSE = 40;

export class Levers {
  /** `actions` = {set(design, key, value), reopen(design, key, value)}. */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.controls = new Map();
    this.all = false;
    store.on("opened", () => this._build());
    store.on("levers", (message) => this._refresh(message.design));
    store.on("refused", () => ["a", "b"].forEach((d) => this._refresh(d, true)));
    byId("all-levers").addEventListener("click", () => this._toggleAll());
    byId("lever-search").addEventListener("input", () => this._build());
  }

  _toggleAll() {
    this.all = !this.all;
    byId("all-levers").setAttribute("aria-expanded", String(this.all));
    byId("all-levers").textContent = this.all ? "First choice only" : "All levers";
    byId("lever-search-row").hidden = !this.all;
    this._build();
  }

  _build() {
    if (!this.store.opened) return;
    const unfolded = [...byId("levers").querySelectorAll("details[open] > summary")].map((s) => s.textContent);
    this.unfolded = new Set(unfolded);
    const groups = this.all ? this._everything() : [{ title: "", levers: this._first() }];
    const panel = byId("levers").closest(".side");
    const [top, turned] = [panel.scrollTop, this._turned()];
    this.controls.clear();
    fill(byId("levers"), groups.map((g) => this._group(g)), this._instruments());
    panel.scrollTop = top;
    this.controls.get(turned)?.nodes[0].focus({ preventScroll: true });
  }

  /** Design and key of the control that has the focus, to give it to its successor. */
  _turned() {
    return [...this.controls].find(([, control]) => control.nodes[0] === document.activeElement)?.[0];
  }

  _first() {
    const all = this.store.catalogue.groups.flatMap((g) => g.levers);
    return FIRST.map((key) => all.find((lever) => lever.key === key)).filter(Boolean);
  }

  _everything() {
    const wanted = byId("lever-search").value.trim().toLowerCase();
    const fits = (lever) => !wanted || `${lever.key} ${lever.title} ${lever.help}`.toLowerCase().includes(wanted);
    const groups = this.store.catalogue.groups.map((g) => ({ ...g, open: Boolean(wanted), levers: g.levers.filter(fits) }));
    return groups.filter((g) => g.levers.length);
  }

  _group(group) {
    const rows = group.levers.map((lever) => this._lever(lever, lever.key));
    if (!group.title) return el("div", { class: "lever-group" }, rows);
    return el("details", { class: "lever-group", open: group.open || this.unfolded.has(group.title) }, el("summary", {}, group.title), rows);
  }

  /** Rewards of the open designs: their value is what one turns; the other attributes with all levers. */
  _instruments() {
    const names = [...new Set(this.store.designs.flatMap((d) => this.store.opened.designs[d].instruments))];
    return names.map((name) => {
      const shown = this.store.catalogue.instrument.filter((l) => this.all || l.key === "value");
      const rows = shown.map((l) => this._lever(l, `${name}.${l.key}`));
      return el("details", { class: "lever-group", open: !this.all }, el("summary", {}, `Reward: ${name}`), rows);
    });
  }

  _lever(lever, key) {
    const roles = lever.roles?.length ? lever.roles : [null];
    const help = freshId("help");
    const rows = roles.flatMap((role) => this.store.designs.map((d) => this._row(lever, key, role, d, help)));
    const fixed = lever.fixed ? el("span", { class: "fixed", title: "Begins anew with the same luck" }, "from the start") : null;
    return el("div", { class: "lever" },
      el("p", { class: "lever-title" }, lever.title, " ", fixed),
      el("p", { class: "lever-help", id: help, title: lever.source }, sentence(lever)),
      rows.filter(Boolean));
  }

  _row(lever, key, role, design, help) {
    const full = role ? `${key}.${role}` : key;
    const value = this._value(design, full, lever);
    if (value === undefined) return null;
    const name = `${design.toUpperCase()}${role ? ` ${role}s` : ""}`;
    const label = `${lever.title}, design ${name}`;
    const send = (v) => this._send(lever, design, full, v);
    const control = make(lever, value, { "aria-label": label, "aria-describedby": help }, send);
    this.controls.set(`${design} ${full}`, control);
    return el("div", { class: `lever-row of-${design}` }, el("span", { class: "whose", "aria-hidden": "true" }, name), control.nodes);
  }

  _value(design, key, lever) {
    const open = this.store.opened.designs[design];
    const value = open.levers[key] ?? open.fixed?.[key];
    if (value !== undefined) return value;
    return key.includes(".") && !lever.roles?.length ? undefined : lever.default;
  }

  _send(lever, design, key, value) {
    if (lever.fixed) this.actions.reopen(design, key, value);
    else this.actions.set(design, key, value);
  }

  /** Show what the server says is in force, except where someone is turning (unless what they want was refused). */
  _refresh(design, refused = false) {
    for (const [name, control] of this.controls) {
      const [d, key] = name.split(" ");
      const turning = control.nodes[0] === document.activeElement && !refused;
      const open = this.store.opened?.designs[d];
      const value = open?.levers[key] ?? open?.fixed[key];
      if (d === design && value !== undefined && !turning) control.show(value);
    }
  }
}

const BASIS = { REPORTED: "a published figure", DERIVED: "computed from published figures", ASSUMED: "assumed" };

/** What a lever means, and what its default rests on: the value of an open design may be another. */
function sentence(lever) {
  const source = lever.source ? ` (${lever.source.match(/^.*?\d{4}/)?.[0] ?? lever.source})` : "";
  const usual = [lever.default].flat().map((v) => (typeof v === "number" ? short(v) : String(v).replaceAll("_", " "))).join(", ");
  return `${lever.help} Default ${usual}, ${BASIS[lever.basis] ?? lever.basis}${source}${lever.why ? `: ${lever.why}` : "."}`;
}

/** The control that fits a lever: {nodes, show(value)}. */
function make(lever, value, attributes, send) {
  if (lever.kind === "choice") return choice(lever, value, attributes, send);
  const most = lever.kind === "integer" ? SLIDER_MOST_WHOLE : SLIDER_MOST;
  return lever.high - lever.low <= most ? slider(lever, value, attributes, send) : number(lever, value, attributes, send);
}

function choice(lever, value, attributes, send) {
  const options = lever.choices.map((c) => el("option", { value: c }, c.replaceAll("_", " ")));
  const select = el("select", { ...attributes, onchange: () => send(select.value) }, options);
  select.value = value;
  return { nodes: [select], show: (v) => (select.value = v) };
}

/** A slider sends at once and while it moves, yet not more often than the server wants to hear. */
function slider(lever, value, attributes, send) {
  const output = el("output", {}, short(value));
  const input = el("input", { type: "range", min: lever.low, max: lever.high, step: lever.step, ...attributes });
  input.value = value;
  const told = throttled(() => send(Number(input.value)), SEND_PAUSE);
  input.addEventListener("input", () => (output.textContent = short(Number(input.value))));
  input.addEventListener(lever.fixed ? "change" : "input", told);
  const show = (v) => {
    input.value = v;
    output.textContent = short(Number(v));
  };
  return { nodes: [input, output], show };
}

function number(lever, value, attributes, send) {
  const input = el("input", { type: "number", min: lever.low, max: lever.high, step: lever.step, value, ...attributes });
  input.addEventListener("change", () => {
    const { rangeUnderflow, rangeOverflow } = input.validity;
    if (rangeUnderflow || rangeOverflow) input.reportValidity();
    else if (input.value !== "") send(Number(input.value));
  });
  return { nodes: [input], show: (v) => (input.value = v) };
}
