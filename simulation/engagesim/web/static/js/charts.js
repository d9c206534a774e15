/** Charts drawn with a pen: series, stacks of states, Lorenz curves, flow of value. No state; the caller gives all. */
import { STATES } from "./palette.js";
import { extent, short, ticks } from "./numbers.js";

const LEFT_ROOM = 42;
const RIGHT_ROOM = 12;
const TOP_ROOM = 10;
const BOTTOM_ROOM = 20;
const DASH = [6, 4];
/** States in the order in which they are stacked: the core at the bottom, who has left on top. */
const STACKED = [4, 3, 2, 1, 0, 5];

/** A frame with axes; gives functions from week and value to pixels. */
function axes(pen, size, palette, weeks, low, high) {
  const right = size.width - RIGHT_ROOM;
  const bottom = size.height - BOTTOM_ROOM;
  const x = (week) => LEFT_ROOM + (week / Math.max(1, weeks)) * (right - LEFT_ROOM);
  const y = (value) => bottom - ((value - low) / (high - low || 1)) * (bottom - TOP_ROOM);
  for (const tick of ticks(low, high, 4)) {
    pen.line([[LEFT_ROOM, y(tick)], [right, y(tick)]], { stroke: palette.grid });
    pen.words(LEFT_ROOM - 5, y(tick) + 3.5, short(tick), { fill: palette.faint, size: 10, anchor: "end" });
  }
  for (const tick of ticks(0, weeks, Math.min(6, size.width / 75))) {
    const anchor = tick === 0 ? "start" : tick > weeks * 0.96 ? "end" : "middle";
    pen.words(x(tick), size.height - 6, tick === 0 ? "week 0" : String(tick), { fill: palette.faint, size: 10, anchor });
  }
  return { x, y, right, bottom };
}

function seriesPath(series, at) {
  const points = [];
  for (let week = 0; week < series.length; week++) {
    const value = series[week];
    points.push(value === null || value === undefined || !Number.isFinite(value) ? null : [at.x(week), at.y(value)]);
  }
  return points;
}

/** The room between two series, where both have a value. */
function between(a, b, at) {
  const above = [];
  const below = [];
  for (let week = 0; week < Math.min(a.length, b.length); week++) {
    if (!Number.isFinite(a[week]) || !Number.isFinite(b[week])) continue;
    above.push([at.x(week), at.y(a[week])]);
    below.push([at.x(week), at.y(b[week])]);
  }
  return [...above, ...below.reverse()];
}

function band(pen, run, at, fill) {
  const points = between(run.low, run.high, at);
  pen.area(points, { fill, alpha: 0.16 });
  pen.line(seriesPath(run.mid, at), { stroke: fill, width: 1, alpha: 0.8 });
}

/** Bottom and top of the value axis: the range of the data with some air, never wider than the measure's own. */
function range(lists, measure) {
  const found = extent(lists) ?? [0, 1];
  const air = Math.max((found[1] - found[0]) * 0.12, 0.01 * Math.max(1e-6, Math.abs(found[1])), 1e-4);
  const low = found[0] >= 0 && found[0] < 0.6 * found[1] ? 0 : Math.max(measure.low, found[0] - air);
  return [low, Math.min(measure.high, found[1] + air)];
}

/**
 * One measure over time: A solid, B dashed, the difference shaded, bands of many runs behind.
 * `data` = {measure, weeks, week, a, b, bands: {a, b}, marks: [weeks]}.
 */
export function drawSeries(pen, size, palette, data) {
  const { a, b = null, bands = {} } = data;
  const lists = [a, b, ...Object.values(bands).flatMap((run) => (run ? [run.low, run.high] : []))];
  const [low, high] = range(lists, data.measure);
  const at = axes(pen, size, palette, data.weeks, low, high);
  for (const week of data.marks ?? []) {
    pen.line([[at.x(week), TOP_ROOM], [at.x(week), at.bottom]], { stroke: palette.faint, dash: [2, 3] });
  }
  if (bands.a) band(pen, bands.a, at, palette.a);
  if (bands.b) band(pen, bands.b, at, palette.b);
  if (b) pen.area(between(a, b, at), { fill: palette.shade, alpha: 0.13 });
  pen.line(seriesPath(a, at), { stroke: palette.a, width: 2 });
  if (b) pen.line(seriesPath(b, at), { stroke: palette.b, width: 2, dash: DASH });
  weekLine(pen, at, data.week, palette);
  return at;
}

function weekLine(pen, at, week, palette) {
  pen.line([[at.x(week), TOP_ROOM], [at.x(week), at.bottom]], { stroke: palette.ink, alpha: 0.35 });
}

/** The stack of participation states over time; `states[week]` = counts of the six states. */
export function drawStack(pen, size, palette, data) {
  const at = axes(pen, size, palette, data.weeks, 0, 1);
  const known = data.states.map((counts, week) => [week, counts]).filter(([, counts]) => counts);
  const lived = known.filter(([week]) => week > 0);
  if (lived.length && lived.every(([, counts]) => counts[1] + counts[2] + counts[3] + counts[4] === 0)) {
    pen.words(at.x(0) + 8, at.y(0.5), "This design has no states of participation: all take part.", { fill: palette.faint });
    return;
  }
  if (known.length === 1) known.push([known[0][0] + Math.max(0.4, data.weeks / 200), known[0][1]]);
  let floor = known.map(() => 0);
  for (const state of STACKED) {
    const top = known.map(([, counts], k) => floor[k] + counts[state] / sum(counts));
    const upper = known.map(([week], k) => [at.x(week), at.y(top[k])]);
    const lower = known.map(([week], k) => [at.x(week), at.y(floor[k])]);
    pen.area([...upper, ...lower.reverse()], { fill: palette.states[state] });
    floor = top;
  }
  weekLine(pen, at, data.week, palette);
}

function sum(list) {
  return list.reduce((total, v) => total + v, 0) || 1;
}

/** Names and colours of the states, from the bottom of the stack to its top. */
export function stateLegend(palette) {
  return STACKED.map((k) => ({ name: STATES[k], colour: palette.states[k] }));
}

/** What `drawLorenz` shows of one quantity: curves and Gini coefficients as the server says them; none of nothing. */
export function lorenzData(curves, what) {
  const curve = (d) => (curves?.lorenz[d]?.[what]?.length ? curves.lorenz[d][what] : null);
  return { a: curve("a"), b: curve("b"), gini: { a: curves?.gini.a?.[what], b: curves?.gini.b?.[what] } };
}

/** Lorenz curve of one quantity for both designs: share of members against share of what they hold. */
export function drawLorenz(pen, size, palette, data) {
  const side = Math.min(size.width - LEFT_ROOM - RIGHT_ROOM, size.height - TOP_ROOM - BOTTOM_ROOM - 4);
  const [left, bottom] = [LEFT_ROOM, TOP_ROOM + side];
  const at = ([x, y]) => [left + x * side, bottom - y * side];
  for (const share of [0, 0.5, 1]) {
    pen.line([at([0, share]), at([1, share])], { stroke: palette.grid });
    pen.words(left - 5, at([0, share])[1] + 3.5, `${share * 100} %`, { fill: palette.faint, size: 10, anchor: "end" });
  }
  pen.line([at([0, 0]), at([1, 1])], { stroke: palette.faint, dash: [2, 3] });
  const curve = (list) => list.map((y, k) => at([k / (list.length - 1), y]));
  if (data.a) pen.line(curve(data.a), { stroke: palette.a, width: 2 });
  if (data.b) pen.line(curve(data.b), { stroke: palette.b, width: 2, dash: DASH });
  pen.words(left + side / 2, bottom + 15, "share of members", { fill: palette.faint, size: 10, anchor: "middle" });
  giniWords(pen, left + 6, TOP_ROOM + 12, palette, data);
}

function giniWords(pen, x, y, palette, data) {
  const rows = ["a", "b"].filter((d) => data[d]);
  rows.forEach((d, k) => {
    const text = `${d.toUpperCase()}: Gini ${data.gini[d].toFixed(2)}`;
    pen.words(x, y + 14 * k, text, { fill: palette[d], size: 11, bold: true });
  });
}

/** Where the week's value goes: bars for created, then kept, spilled over, captured, and what comes back of it. */
export function drawFlow(pen, size, palette, data) {
  const rows = ["a", "b"].filter((d) => data[d]);
  const most = Math.max(...rows.map((d) => data[d].created), 1e-9);
  const height = (size.height - 24) / Math.max(1, rows.length);
  rows.forEach((d, k) => flowOf(pen, size, palette, data[d], { top: 6 + k * height, height, most, name: d }));
}

const NARROW = 44;
const LABEL_ROOM = 158;
const LABEL = 12;

function flowOf(pen, size, palette, flow, place) {
  const left = 26;
  const room = size.width - left - LABEL_ROOM;
  const tall = (place.height - 18) * (flow.created / place.most);
  const per = tall / (flow.created || 1);
  const back = flow.shared + flow.rewards;
  const stays = flow.captured - back;
  const first = [["kept by who made it", flow.kept, 0], ["passes along ties", flow.spilled, 1], ["captured", flow.captured, 2]];
  pen.words(4, place.top + 13, place.name.toUpperCase(), { fill: palette[place.name], size: 13, bold: true });
  pen.box(left, place.top, 9, tall, { fill: palette.ink, alpha: 0.75 });
  const x = left + room - NARROW;
  const parts = [...first.slice(0, 2), ["paid back", back, 4], ["organization", stays, 3]];
  let y = place.top;
  for (const [, value, colour] of first) {
    ribbon(pen, left + 9, y, x, y, value * per, palette.flows[colour]);
    y += value * per;
  }
  y = place.top;
  let free = place.top;
  for (const [title, value, colour] of parts) {
    const high = Math.max(0, value) * per;
    pen.box(x, y, NARROW, high, { fill: palette.flows[colour] });
    free = label(pen, x + NARROW + 6, Math.max(free, y + Math.min(high, 40) / 2 - LABEL / 2), `${title} ${percent(value, flow.created)}`, palette);
    y += high;
  }
}

function ribbon(pen, x0, y0, x1, y1, height, fill) {
  pen.area([[x0, y0], [x1, y1], [x1, y1 + height], [x0, y0 + height]], { fill, alpha: 0.45 });
}

/** Words beside a part; gives where the next may begin, so that thin parts are named, too. */
function label(pen, x, top, text, palette) {
  pen.words(x, top + LABEL - 2, text, { fill: palette.ink, size: 10.5 });
  return top + LABEL;
}

function percent(part, whole) {
  return `${Math.round((100 * part) / (whole || 1))} %`;
}
