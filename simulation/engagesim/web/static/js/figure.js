/** The whole view as one figure, PNG or SVG, and a short animation of it. */
import { CanvasPen, SvgPen } from "./pen.js";
import { changeWords, keyWords, settingWords } from "./changes.js";
import { drawFlow, drawLorenz, drawSeries, drawStack, lorenzData } from "./charts.js";
import { tieLook } from "./background.js";
import { radiusOf } from "./sprites.js";

const WIDTH = 1200;
const NETWORK = 430;
const CHART = 230;
const GAP = 20;
/** Height of what stands above the networks. */
const HEAD = 106;
const LONGEST_LINE = 190;

/** Height of the figure: two charts a row. */
function heightOf(view) {
  return HEAD + NETWORK + GAP + Math.ceil(cellsOf(view).length / 2) * (CHART + GAP);
}

/** SVG text of the figure. */
export function figureSvg(view) {
  const pen = new SvgPen();
  compose(pen, view);
  return pen.document(WIDTH, heightOf(view), titleOf(view.store));
}

/** A canvas with the figure at twice the size. */
export function figureCanvas(view) {
  const canvas = document.createElement("canvas");
  canvas.width = 2 * WIDTH;
  canvas.height = 2 * heightOf(view);
  compose(new CanvasPen(canvas.getContext("2d"), 2), view);
  return canvas;
}

/** Each design by its title and what was set before the start. */
function namesOf(store) {
  return store.designs.map((d) => `${d.toUpperCase()}: ${store.opened.designs[d].title}${settingWords(store.request?.[d]?.set)}`);
}

function titleOf(store) {
  return `${namesOf(store).join("   ")}   (seed ${store.seed}, week ${store.week} of ${store.weeks})`;
}

/** Which run it is: luck, week, and the changes on the way, as many as there is room for. */
function madeOf(store) {
  const lines = store.changes.map((c) => changeWords(c, keyWords(c.key, store.lever(c.key)?.title ?? c.key)));
  let text = `Seed ${store.seed}, week ${store.week} of ${store.weeks}, ${store.opened.members} members.`;
  for (const [k, line] of lines.entries()) {
    if (text.length + line.length > LONGEST_LINE) return `${text} … and ${lines.length - k} more.`;
    text += ` ${line}.`;
  }
  return text;
}

/** Title, run and legend. */
function head(pen, { store, palette }) {
  namesOf(store).forEach((name, k) => pen.words(GAP, 28 + 22 * k, name, { fill: palette.ink, size: 16, bold: true }));
  pen.words(GAP, 74, madeOf(store), { fill: palette.ink, size: 12 });
  pen.words(GAP, 92, "engagesim: the same made-up people and the same luck. Circles: employees, squares: customers, triangles: partners; size: effort. States from below: core, contributor, lurkers, outside.", { fill: palette.faint, size: 12 });
}

function compose(pen, view) {
  const { store, palette } = view;
  const half = (WIDTH - 3 * GAP) / 2;
  const two = store.designs.length > 1;
  pen.box(0, 0, WIDTH, heightOf(view), { fill: palette.paper });
  head(pen, view);
  store.designs.forEach((d, k) => pen.within(GAP + k * (half + GAP), HEAD, (p) => {
    networkInStrokes(p, view, d, { width: two ? half : 2 * half + GAP, height: NETWORK });
    p.words(0, 18, d.toUpperCase(), { fill: palette[d], size: 16, bold: true });
  }));
  const cells = cellsOf(view);
  cells.forEach((cell, k) => {
    const [x, y] = [GAP + (k % 2) * (half + GAP), HEAD + NETWORK + GAP + Math.floor(k / 2) * (CHART + GAP)];
    pen.words(x, y + 12, cell.title, { fill: palette.ink, size: 13, bold: true });
    pen.within(x, y + 18, (p) => cell.draw(p, { width: half, height: CHART - 18 }));
  });
}

function cellsOf({ store, palette, panels }) {
  const series = [0, 1].map((k) => {
    const data = panels.seriesData(k);
    return { title: `${data.measure.title} (A solid, B dashed)`, draw: (p, size) => drawSeries(p, size, palette, data) };
  });
  const stacks = store.designs.map((d) => ({
    title: `Participation states of ${d.toUpperCase()}`,
    draw: (p, size) => drawStack(p, size, palette, { states: store.states[d], weeks: store.weeks, week: store.week }),
  }));
  return [...series, ...stacks, ...curveCells(store, palette)];
}

function curveCells(store, palette) {
  const { curves } = store;
  if (!curves?.flow?.a) return [];
  const power = lorenzData(curves, "power");
  return [
    { title: "Value of the week", draw: (p, size) => drawFlow(p, size, palette, curves.flow) },
    { title: "Lorenz curve of power", draw: (p, size) => drawLorenz(p, size, palette, power) },
  ];
}

/** Ties as lines and members as shapes, for any pen. */
function networkInStrokes(pen, view, d, size) {
  const { store, palette } = view;
  const t = store.topologies[d];
  const nodes = store.nodes[d];
  if (!t || !nodes) return;
  const at = (k) => [14 + t.x[k] * (size.width - 28), 14 + t.y[k] * (size.height - 28)];
  for (let k = 0; k < t.ties; k++) {
    const look = tieLook(Math.min(5, Math.floor(t.strength[k] * 6)), t.ties, 1);
    const kind = Math.min(t.kind[k], 5);
    pen.line([at(t.i[k]), at(t.j[k])], { stroke: palette.kinds[kind], width: look.width, alpha: look.alpha, dash: kind === 5 ? [2, 2] : [] });
  }
  for (let k = 0; k < t.n; k++) if (!(nodes[k] & 128)) member(pen, t, at(k), k, nodes[k], size, palette);
}

const ALPHA = [0.15, 0.35, 0.65, 1, 1, 0.1];

function member(pen, t, [x, y], k, byte, size, palette) {
  const r = radiusOf(t.n, size.width * size.height, 1, (byte >> 3) & 7);
  const look = { fill: palette.roles[t.role[k]], alpha: ALPHA[byte & 7] };
  if (t.role[k] === 0) pen.dot(x, y, r, look);
  else if (t.role[k] === 1) pen.box(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r, look);
  else pen.area([[x, y - 1.2 * r], [x + 1.14 * r, y + 0.8 * r], [x - 1.14 * r, y + 0.8 * r]], look);
}

const RATE = 25;

/** Film the networks and both measures while they run; `stop()` ends it, `done` gives the file. */
export function film(view, canvases) {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 720;
  const context = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType: "video/webm", videoBitsPerSecond: 6e6 });
  const chunks = [];
  recorder.addEventListener("dataavailable", (event) => chunks.push(event.data));
  const done = new Promise((resolve) => recorder.addEventListener("stop", () => resolve(new Blob(chunks, { type: "video/webm" }))));
  const timer = setInterval(() => filmFrame(context, view, canvases), 1000 / RATE);
  recorder.start(500);
  return { done, stop: () => (clearInterval(timer), recorder.stop()) };
}

function filmFrame(context, { store, palette, panels }, canvases) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, 1280, 720);
  const width = 1240 / canvases.length;
  canvases.forEach((source, k) => {
    const scale = Math.min((width - 10) / source.width, 430 / source.height);
    context.drawImage(source, 20 + k * width, 44, source.width * scale, source.height * scale);
  });
  const pen = new CanvasPen(context, 1);
  pen.words(20, 28, titleOf(store), { fill: palette.ink, size: 18, bold: true });
  [0, 1].forEach((k) => {
    const data = panels.seriesData(k);
    pen.words(20 + k * 620, 502, data.measure.title, { fill: palette.ink, size: 14, bold: true });
    pen.within(20 + k * 620, 506, (p) => drawSeries(p, { width: 610, height: 204 }, palette, data));
  });
}
