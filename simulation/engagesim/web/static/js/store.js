/** What the page knows: catalogue, the open designs, every week seen so far. Views listen; only main.js changes it. */
import { countStates } from "./nodes.js";

export class Store {
  constructor() {
    this.listeners = new Map();
    this.catalogue = null;
    this.request = null;
    this.opened = null;
    this.week = 0;
    this.weeks = 0;
    this.playing = false;
    this.speed = 8;
    this.seed = 1;
    this.topologies = {};
    this.nodes = {};
    this.series = {};
    this.states = {};
    this.curves = null;
    this.bands = {};
    this.shown = ["effort", "value_created"];
    this.selected = -1;
  }

  /** Call `act` whenever `event` happens. */
  on(event, act) {
    if (!this.listeners.has(event)) this.listeners.set(event, []);
    this.listeners.get(event).push(act);
  }

  /** Tell everybody who listens. */
  emit(event, detail) {
    for (const act of this.listeners.get(event) ?? []) act(detail);
  }

  /** Names of the open designs: ["a"] or ["a", "b"]. */
  get designs() {
    return ["a", "b"].filter((d) => this.opened?.designs[d]);
  }

  /** A measure's declaration by name. */
  measure(name) {
    return this.catalogue.measures.find((m) => m.name === name);
  }

  /** The server opened designs: forget the weeks of those before. */
  open(message) {
    this.opened = message;
    this.weeks = message.weeks;
    this.seed = message.seed;
    this.week = 0;
    this.playing = false;
    this.topologies = {};
    this.nodes = {};
    this.curves = null;
    this.selected = -1;
    this.forget();
    this.emit("opened", message);
  }

  /** Forget all weeks. */
  forget() {
    this.bands = {};
    for (const d of this.designs) {
      this.series[d] = Object.fromEntries(this.opened.measures.map((name) => [name, []]));
      this.states[d] = [];
    }
  }

  /** A lever of a design changed: its weeks after `from` are not true any more. */
  levers(message) {
    const { design, from } = message;
    Object.assign(this.opened.designs[design], { levers: message.levers, schedule: message.schedule });
    for (const list of [...Object.values(this.series[design]), this.states[design]]) {
      list.length = Math.min(list.length, from + 1);
    }
    this.bands = {};
    this.emit("levers", message);
  }

  /** Scheduled changes of all designs, by week: [{design, at, until, key, value}]. */
  get changes() {
    const all = this.designs.flatMap((d) => this.opened.designs[d].schedule.map((c) => ({ design: d, ...c })));
    return all.sort((x, y) => x.at - y.at);
  }

  /** The state of one week. */
  frame(message) {
    this.week = message.week;
    for (const d of Object.keys(message.designs)) {
      const { measures, nodes } = message.designs[d];
      this.nodes[d] = nodes;
      this.opened.measures.forEach((name, k) => put(this.series[d][name], message.week, measures[k]));
      put(this.states[d], message.week, countStates(nodes));
    }
    this.emit("frame", message);
  }

  /** Weeks that had no frame of their own. */
  history(message) {
    for (const d of this.designs) {
      for (const [name, values] of Object.entries(message[d] ?? {})) {
        values.forEach((value, k) => put(this.series[d][name] ?? [], message.from + k, value ?? NaN));
      }
      (message.states?.[d] ?? []).forEach((counts, k) => put(this.states[d], message.from + k, counts));
    }
    this.emit("history", message);
  }

  /** Quantiles of many runs; their weeks begin with the first, so that week 0 gets a gap. */
  band(message) {
    const { design, measure, done, of } = message;
    const shifted = (list) => [NaN, ...list.map((v) => v ?? NaN)];
    const run = { done, of, low: shifted(message.low), mid: shifted(message.mid), high: shifted(message.high) };
    this.bands[`${design} ${measure}`] = run;
    this.emit("band", message);
  }

  /** The lever with a key such as `demand.employee` or `badges.value`, or null. */
  lever(key) {
    const [head, rest] = key.split(".");
    const found = this.catalogue.groups.flatMap((g) => g.levers).find((l) => l.key === head);
    return found ?? this.catalogue.instrument.find((l) => l.key === rest) ?? null;
  }

  /** The value of a measure in the current week, NaN if unknown. */
  now(design, name) {
    return this.series[design]?.[name]?.[this.week] ?? NaN;
  }
}

function put(list, week, value) {
  while (list.length < week) list.push(undefined);
  list[week] = value;
}
