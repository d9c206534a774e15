/** The networks of both designs on the page: drawing loop, pointing, arrow keys, legend. */
import { el, byId, fill } from "./dom.js";
import { KINDS, ROLES, STATES } from "./palette.js";
import { NetworkPicture } from "./renderer.js";
import { nodeOf } from "./nodes.js";

const NAMES = {
  role: ["Employees", "Customers", "Partners"],
  kind: ["Reporting lines", "Team", "Lateral", "Account", "Community", "Same place"],
  order: ["", "1st order: inside", "2nd order: across the boundary", "3rd order: among outsiders"],
};
const SLOW = 50;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Networks {
  /** Views for designs a and b; `actions` = {member(id), tie(i, j), drawn()}. */
  constructor(store, actions, palette) {
    this.store = store;
    this.actions = actions;
    this.palette = palette;
    this.shown = { kinds: new Set(KINDS.keys()), orders: new Set([1, 2, 3]), roles: new Set([0, 1, 2]) };
    this.pictures = {};
    for (const d of ["a", "b"]) this._view(d);
    this.frames = 0;
    this.waiting = [];
    this._listen();
    this._legend();
    requestAnimationFrame((now) => this._loop(now));
  }

  /** Other colours. */
  recolour(palette) {
    this.palette = palette;
    for (const d of ["a", "b"]) this.pictures[d].recolour(palette);
    this._legend();
  }

  /** Mark a member in both pictures. */
  select(member) {
    for (const d of ["a", "b"]) this.pictures[d].select(member);
  }

  /** Whether things flash; off for people who want less motion. */
  set motion(on) {
    this.wanted = on;
    this._keepPace(0);
  }

  /** Flashes cost pictures between the weeks: a machine that cannot keep pace shows the weeks alone. */
  _keepPace(passed) {
    this.pace = 0.92 * (this.pace ?? 16) + 0.08 * Math.min(passed, 500);
    for (const d of ["a", "b"]) this.pictures[d].motion = this.wanted && this.pace < SLOW;
  }

  _view(d) {
    const canvas = byId(`network-${d}`);
    this.pictures[d] = new NetworkPicture(canvas, this.palette);
    const place = (event) => [event.offsetX, event.offsetY];
    canvas.addEventListener("click", (event) => this._click(d, ...place(event)));
    canvas.addEventListener("mousemove", (event) => this._hover(d, canvas, ...place(event)));
    canvas.addEventListener("keydown", (event) => this._key(d, event));
    new ResizeObserver(() => this._fit(d)).observe(canvas.parentElement);
  }

  _fit(d) {
    const box = byId(`network-${d}`).parentElement.getBoundingClientRect();
    if (box.width < 10) return;
    this.pictures[d].resize(box.width, box.height, Math.min(2, window.devicePixelRatio || 1));
  }

  _listen() {
    const { store } = this;
    store.on("opened", () => {
      byId("view-b").hidden = !store.opened.designs.b;
      for (const d of ["a", "b"]) this.pictures[d].topology = null;
    });
    store.on("topology", (message) => {
      this._fit(message.design);
      this.pictures[message.design].setTopology(message);
      this._describe(message.design);
    });
    store.on("frame", (message) => {
      const now = performance.now();
      for (const d of Object.keys(message.designs)) this.pictures[d].setNodes(message.designs[d].nodes, now);
      this.waiting.push(message.frame);
    });
  }

  _loop(now) {
    let drawn = false;
    for (const d of this.store.designs) drawn = this.pictures[d].draw(now) || drawn;
    if (drawn) this.frames += 1;
    for (const frame of this.waiting.splice(0)) this.actions.drawn(frame);
    this._keepPace(now - (this.last ?? now));
    this.last = now;
    requestAnimationFrame((next) => this._loop(next));
  }

  _click(d, x, y) {
    const picture = this.pictures[d];
    const member = picture.memberAt(x, y);
    if (member >= 0) return this.actions.member(member);
    const tie = picture.tieAt(x, y);
    return tie ? this.actions.tie(...tie) : this.actions.member(-1);
  }

  _hover(d, canvas, x, y) {
    const picture = this.pictures[d];
    if (!picture.topology) return;
    const member = picture.memberAt(x, y);
    const byte = member >= 0 ? picture.nodes?.[member] : undefined;
    canvas.title = byte === undefined ? "" : this._says(picture, member, byte);
    canvas.classList.toggle("pointing", member >= 0 || picture.tieAt(x, y) !== null);
  }

  _says(picture, member, byte) {
    const node = nodeOf(byte);
    const state = node.empty ? "empty place" : STATES[node.state];
    return `Member ${member}, ${ROLES[picture.topology.role[member]]}, ${state}`;
  }

  _key(d, event) {
    const picture = this.pictures[d];
    if (!picture.topology || !(event.key in ARROWS)) return;
    event.preventDefault();
    event.stopPropagation();
    const from = this.store.selected;
    this.actions.member(from < 0 ? 0 : picture.neighbourTowards(from, ...ARROWS[event.key]));
  }

  _describe(d) {
    const { topology } = this.pictures[d];
    const title = this.store.opened.designs[d].title;
    byId(`network-${d}`).setAttribute(
      "aria-label",
      `Network of design ${d.toUpperCase()}, ${title}: ${topology.n} members, ${topology.ties} ties. ` +
        "Arrow keys go from member to member; the table below says the same in numbers.",
    );
  }

  _legend() {
    const { palette } = this;
    fill(byId("legend-short"), ROLES.map((name, k) => el("span", {}, symbol(k, palette.roles[k]), name)));
    fill(
      byId("legend"),
      group("Members", NAMES.role.map((name, k) => this._toggle(name, "roles", k, symbol(k, palette.roles[k])))),
      group("Ties", NAMES.kind.map((name, k) => this._toggle(name, "kinds", k, stroke(palette.kinds[k], k)))),
      group("Engagement", [1, 2, 3].map((k) => this._toggle(NAMES.order[k], "orders", k, rings(k, palette.ink)))),
      el("p", { class: "hint" },
        "Size: effort. Fill: hollow outside, faint lurkers, full contributors, ringed core, cross empty place. ",
        "Rings around the partners of the member looked at: the order of engagement. ",
        "Width of a tie: its strength. Flash: contact, as bright as both ends' effort."),
    );
  }

  _toggle(name, set, code, picture) {
    const box = el("input", { type: "checkbox", checked: this.shown[set].has(code) });
    box.addEventListener("change", () => {
      if (box.checked) this.shown[set].add(code);
      else this.shown[set].delete(code);
      for (const d of ["a", "b"]) this.pictures[d].show(this.shown);
    });
    return el("label", { class: "key" }, box, picture, name);
  }
}

function group(title, keys) {
  return el("fieldset", {}, el("legend", {}, title), keys);
}

const SVG = "http://www.w3.org/2000/svg";

function svg(shape, attributes) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("viewBox", "0 0 16 16");
  node.setAttribute("aria-hidden", "true");
  node.setAttribute("class", "symbol");
  for (const one of [].concat(attributes)) {
    const part = document.createElementNS(SVG, shape);
    for (const [name, value] of Object.entries(one)) part.setAttribute(name, value);
    node.append(part);
  }
  return node;
}

function symbol(role, fillColour) {
  if (role === 0) return svg("circle", { cx: 8, cy: 8, r: 5, fill: fillColour });
  if (role === 1) return svg("rect", { x: 3.5, y: 3.5, width: 9, height: 9, fill: fillColour });
  return svg("path", { d: "M8 2L14 13H2Z", fill: fillColour });
}

function stroke(colour, kind) {
  const width = [3, 1.5, 2, 2, 2, 2][kind];
  return svg("line", {
    x1: 0, y1: 8, x2: 16, y2: 8, stroke: colour, "stroke-width": width, "stroke-dasharray": kind === 5 ? "2 2" : "none",
  });
}

function rings(count, colour) {
  return svg("circle", [2, 4.5, 7].slice(0, count).map((r) => ({ cx: 8, cy: 8, r, fill: "none", stroke: colour })));
}
