/** One file that plays a recorded run: the same pictures, no server. */
import { byId, el } from "./dom.js";
import { NetworkPicture } from "./renderer.js";
import { countStates } from "./nodes.js";
import { drawSeries, drawStack } from "./charts.js";
import { paint } from "./paint.js";
import { paletteFor } from "./palette.js";
import { changeWords, keyWords, settingWords, titleOfKey } from "./changes.js";
import { short } from "./numbers.js";
import { stateSwatches } from "./swatches.js";

const FIRST = ["effort", "value_created"];

class Replay {
  /** A recording as docs/page.md describes it, its bytes of nodes unpacked. */
  constructor(record, nodes) {
    this.record = record;
    this.nodes = nodes;
    this.at = 0;
    this.playing = false;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.shown = FIRST.map((name, k) => (record.measure_titles[name] ? name : Object.keys(record.measure_titles)[k]));
    this.states = record.designs.map((_, d) => this._states(d));
    this._pictures();
    this._controls();
    this._colours();
    this.dark.addEventListener("change", () => this._colours());
    this.seek(0);
    requestAnimationFrame((now) => this._loop(now));
  }

  /** Go to one of the recorded weeks, by its position. */
  seek(at) {
    this.at = Math.max(0, Math.min(this.record.weeks.length - 1, at));
    this.record.designs.forEach((d, k) => this.pictures[k].setNodes(this._week(this.at, k), performance.now()));
    byId("week").value = this.at;
    byId("week-now").textContent = `week ${this.record.weeks[this.at]}`;
    this._charts();
  }

  _week(at, design) {
    const { n, designs } = this.record;
    const start = (at * designs.length + design) * n;
    return this.nodes.subarray(start, start + n);
  }

  /** Counts of states on the axis of all weeks, gaps where weeks were thinned out. */
  _states(design) {
    const list = [];
    this.record.weeks.forEach((week, at) => (list[week] = countStates(this._week(at, design))));
    return Array.from(list, (counts) => counts ?? null);
  }

  _pictures() {
    const { record } = this;
    byId("view-b").hidden = byId("panel-stack-b").hidden = record.designs.length < 2;
    this.pictures = record.designs.map((d) => {
      const picture = new NetworkPicture(byId(`network-${d}`), paletteFor(this.dark.matches));
      picture.setTopology(topologyOf(record, d));
      const title = record.titles[d] + settingWords(record.chosen[d]);
      byId(`name-${d}`).textContent = title;
      byId(`network-${d}`).setAttribute("aria-label", `Network of ${title}: ${record.n} members`);
      new ResizeObserver(() => this._fit(picture, d)).observe(byId(`network-${d}`).parentElement);
      this._fit(picture, d);
      return picture;
    });
  }

  _fit(picture, d) {
    const box = byId(`network-${d}`).parentElement.getBoundingClientRect();
    picture.resize(box.width, box.height, Math.min(2, window.devicePixelRatio || 1));
    this._charts();
  }

  _controls() {
    const { record } = this;
    byId("replay-title").textContent = record.title;
    document.title = `${record.title}: replay`;
    byId("replay-made").textContent = made(record);
    byId("week").max = record.weeks.length - 1;
    byId("week").addEventListener("input", () => this.seek(Number(byId("week").value)));
    byId("step").addEventListener("click", () => this.seek(this.at + 1));
    byId("play").addEventListener("click", () => this._toggle());
    [1, 2].forEach((k) => this._choice(k));
  }

  _choice(k) {
    const titles = Object.entries(this.record.measure_titles);
    byId(`measure-${k}`).replaceChildren(...titles.map(([name, m]) => el("option", { value: name }, m.title)));
    byId(`measure-${k}`).value = this.shown[k - 1];
    byId(`measure-${k}`).addEventListener("change", (event) => {
      this.shown[k - 1] = event.target.value;
      this._charts();
    });
  }

  _toggle() {
    this.playing = !this.playing;
    if (this.playing && this.at === this.record.weeks.length - 1) this.seek(0);
    byId("play").textContent = this.playing ? "Pause" : "Play";
    byId("play").setAttribute("aria-pressed", String(this.playing));
  }

  _loop(now) {
    if (this.playing && now - (this.last ?? 0) >= 1000 / Number(byId("speed").value)) {
      this.last = now;
      if (this.at + 1 < this.record.weeks.length) this.seek(this.at + 1);
      else this._toggle();
    }
    for (const picture of this.pictures) picture.draw(now);
    requestAnimationFrame((next) => this._loop(next));
  }

  _colours() {
    document.documentElement.dataset.theme = this.dark.matches ? "dark" : "light";
    this.palette = paletteFor(this.dark.matches);
    for (const picture of this.pictures) picture.recolour(this.palette);
    stateSwatches(this.palette);
    this._charts();
  }

  _charts() {
    if (!this.palette || !this.pictures) return;
    const weeks = this.record.weeks.at(-1);
    const week = this.record.weeks[this.at];
    this.shown.forEach((name, k) => this._series(name, k + 1, weeks, week));
    this.record.designs.forEach((d, k) => {
      const data = { states: this.states[k], weeks, week };
      paint(byId(`stack-${d}`), (pen, size) => drawStack(pen, size, this.palette, data), this.palette);
    });
  }

  _series(name, k, weeks, week) {
    const { measures, measure_titles: titles, designs } = this.record;
    const of = (d) => (designs.includes(d) ? onAxis(measures[d][name], this.record.weeks) : null);
    const data = { measure: titles[name], weeks, week, a: of("a"), b: of("b") };
    paint(byId(`series-${k}`), (pen, size) => drawSeries(pen, size, this.palette, data), this.palette);
    byId(`value-${k}`).textContent = designs.map((d) => `${d.toUpperCase()} ${short(data[d][week])}`).join("  ");
  }
}

/** What was recorded: the luck, and every change of a lever. */
function made({ seed, n, designs, schedule }) {
  const changes = designs.flatMap((design) => schedule[design].map((c) => ({ ...c, design }))).sort((x, y) => x.at - y.at);
  const lines = changes.map((c) => changeWords(c, keyWords(c.key, titleOfKey(c.key))));
  return `Seed ${seed}, ${n} members. ${lines.length ? `Changed: ${lines.join("; ")}.` : "No lever was changed on the way."}`;
}

/** Values of the recorded weeks, or of all weeks, on the axis of all weeks. */
function onAxis(values, weeks) {
  const last = weeks.at(-1);
  const list = new Array(last + 1).fill(NaN);
  if (values.length === last + 1) values.forEach((v, week) => (list[week] = v ?? NaN));
  else if (values.length === last) values.forEach((v, k) => (list[k + 1] = v ?? NaN));
  else values.forEach((v, k) => (list[weeks[k]] = v ?? NaN));
  return list;
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

function topologyOf(record, d) {
  const { ties } = record;
  const own = d === "b" && record.layout_b ? record.layout_b : record;
  const floats = (text) => new Float32Array(bytesOf(text).buffer);
  const strength = Float32Array.from(bytesOf(ties[d].strength), (v) => v / 255);
  const ends = (text) => new Uint32Array(bytesOf(text).buffer);
  return {
    n: record.n, x: floats(own.x), y: floats(own.y), role: bytesOf(record.role), ties: strength.length,
    i: ends(ties[d].i), j: ends(ties[d].j), strength, kind: bytesOf(ties[d].kind), order: bytesOf(ties[d].order),
  };
}

async function unpacked(base64) {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const record = JSON.parse(byId("replay-data").textContent);
globalThis.replay = new Replay(record, await unpacked(record.nodes));
