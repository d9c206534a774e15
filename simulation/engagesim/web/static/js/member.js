/** The story of one member: its state over time, its ties, and the terms of its decision this week. */
import { el, byId, fill } from "./dom.js";
import { drawSeries } from "./charts.js";
import { paint } from "./paint.js";
import { short } from "./numbers.js";

const STORY = [
  ["effort", "Effort"], ["motivation", "Intrinsic motivation"], ["exhaustion", "Exhaustion"], ["trust", "Trust"],
  ["felt_extraction", "Felt extraction"], ["tie_strength", "Sum of tie strengths"],
];
const MOST_TIES = 15;

export class MemberStory {
  /** `actions` = {member(id), tie(i, j), find(text)}. */
  constructor(store, actions, palette) {
    this.store = store;
    this.actions = actions;
    this.palette = palette;
    byId("find").addEventListener("submit", (event) => {
      event.preventDefault();
      actions.find(byId("find-text").value.trim());
    });
    byId("story-close").addEventListener("click", () => {
      actions.member(-1);
      byId("find-text").focus();
    });
  }

  /** Other colours. */
  recolour(palette) {
    this.palette = palette;
    if (this.shown) this.show(this.shown);
  }

  /** Members that a search found. */
  found(message) {
    const list = message.members.map((m) =>
      el("li", {}, el("button", { type: "button", class: "link", onclick: () => this.actions.member(m.id) }, nameOf(m), `, ${m.role}`)),
    );
    fill(byId("found"), list.length ? list : el("li", {}, "Nobody fits. Try a number, an id of your roster, or a role."));
  }

  /** Close the story. */
  close() {
    this.shown = null;
    byId("story").hidden = true;
  }

  /** Show a member as the server tells it. */
  show(message) {
    this.shown = message;
    const first = !byId("story").hidden && byId("story").dataset.member === String(message.id);
    byId("story").hidden = false;
    byId("story").dataset.member = String(message.id);
    byId("story-title").textContent = `${nameOf(message)}, ${message.role}`;
    const designs = this.store.designs.filter((d) => message.designs[d]);
    fill(byId("story-body"), this._place(message), designs.map((d) => this._now(message.designs[d], d)), this._charts(message, designs),
      designs.map((d) => this._decision(message.designs[d], d)), designs.map((d) => this._ties(message, d)));
    this._paint(message, designs);
    if (!first) this._showStory();
  }

  /** Bring the story into view; the focus stays in a picture for whoever walks there with arrow keys. */
  _showStory() {
    byId("story").scrollIntoView({ block: "nearest" });
    if (document.activeElement?.tagName !== "CANVAS") byId("story-title").focus({ preventScroll: true });
  }

  _place(message) {
    const parts = [];
    if (message.level !== null) parts.push(`level ${message.level} of the reporting line`);
    if (message.unit !== null) parts.push(`unit ${message.unit}`);
    const boss = message.manager;
    const reports = boss !== null
      ? el("button", { type: "button", class: "link", onclick: () => this.actions.member(boss) }, `reports to member ${boss}`) : null;
    return el("p", {}, parts.join(", "), parts.length && reports ? ", " : "", reports);
  }

  _now(told, d) {
    if (!told.present) return el("p", {}, `In ${d.toUpperCase()} this place is empty.`);
    const before = told.since > 0 ? " The curves before it are those of who had this place." : "";
    return el("p", {}, `In ${d.toUpperCase()}: here since week ${told.since}.${before}`);
  }

  _charts(message, designs) {
    const columns = STORY.filter(([column]) => designs.some((d) => message.designs[d].history[column]));
    this.canvases = columns.map(([column, title]) => ({ column, title, canvas: el("canvas", { role: "img", "aria-label": title }) }));
    return el("div", { class: "story-charts" }, this.canvases.map(({ title, canvas }) =>
      el("figure", {}, el("figcaption", {}, title), el("div", { class: "plot small-plot" }, canvas))));
  }

  _paint(message, designs) {
    for (const { column, title, canvas } of this.canvases) {
      const series = Object.fromEntries(designs.map((d) => [d, spread(message.designs[d], column)]));
      const measure = { low: 0, high: column === "tie_strength" ? Infinity : 1 };
      const data = { measure, weeks: this.store.weeks, week: this.store.week, a: series.a ?? [], b: series.b ?? null };
      paint(canvas, (pen, size) => drawSeries(pen, size, this.palette, data), this.palette);
      const now = designs.map((d) => `${d.toUpperCase()} ${short(message.designs[d].now[column])}`).join(", ");
      canvas.setAttribute("aria-label", `${title} by week. Now: ${now}`);
    }
  }

  _decision(told, d) {
    const decided = told.decision;
    const none = this.store.week > 0 ? "who is new decides from the coming week on" : "run a week";
    if (!decided) return el("p", {}, `No decision in ${d.toUpperCase()} yet: ${none}.`);
    const rows = decided.terms.map((t) => el("tr", {},
      el("th", { scope: "row" }, t.title, el("span", { class: "why" }, t.why)), el("td", {}, signed(t.value)), el("td", {}, short(t.total))));
    const caption = `Why ${d.toUpperCase()} got effort ${short(decided.effort)} in week ${decided.week}`;
    return el("table", { class: "terms" }, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ["Term", "Adds", "So far"].map((t) => el("th", { scope: "col" }, t)))),
      el("tbody", {}, rows));
  }

  _ties(message, d) {
    const { ties } = message.designs[d];
    const rows = ties.slice(0, MOST_TIES).map((t) => el("tr", {},
      el("td", {}, el("button", { type: "button", class: "link", onclick: () => this.actions.member(t.other) }, nameOf({ id: t.other, label: t.label }))),
      el("td", {}, t.role), el("td", {}, t.kind), el("td", {}, short(t.strength)),
      el("td", {}, el("button", { type: "button", class: "small", "aria-label": `Look at the tie with member ${t.other}`,
        onclick: () => this.actions.tie(message.id, t.other) }, "Tie"))));
    const more = ties.length > MOST_TIES ? `, the strongest ${MOST_TIES}` : "";
    return el("table", { class: "ties" }, el("caption", {}, `Ties in ${d.toUpperCase()}: ${ties.length}${more}`),
      el("thead", {}, el("tr", {}, ["With", "Role", "Kind", "Strength", ""].map((t) => el("th", { scope: "col" }, t || el("span", { class: "unseen" }, "More"))))),
      el("tbody", {}, rows));
  }

  /** One tie in both designs, in words. */
  tie(message) {
    const lines = this.store.designs.map((d) => el("li", {}, tieWords(message.designs[d], d)));
    fill(byId("tie"), el("p", {}, el("strong", {}, `Tie of member ${message.i} with member ${message.j}`)), el("ul", {}, lines));
    byId("tie").hidden = false;
  }
}

function tieWords(tie, d) {
  if (!tie) return `${d.toUpperCase()}: there is no such tie now.`;
  return `${d.toUpperCase()}: ${tie.kind} tie, strength ${short(tie.strength)}, order ${tie.order}; this week contact ${short(tie.contact)}, ` +
    `joint relational activity ${short(tie.joint)}.`;
}

function nameOf(m) {
  return m.label && m.label !== String(m.id) ? `${m.label} (member ${m.id})` : `Member ${m.id}`;
}

/** A member's history on the axis of all weeks. */
function spread(told, column) {
  const list = [];
  told.weeks.forEach((week, k) => (list[week] = told.history[column]?.[k] ?? NaN));
  return Array.from(list, (v) => v ?? NaN);
}

function signed(value) {
  return value > 0 ? `+${short(value)}` : short(value).replace("-", "−");
}
