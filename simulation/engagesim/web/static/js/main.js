/** The page: puts store, session and views together. Everything that changes anything goes through `act`. */
import { byId, el, fill } from "./dom.js";
import { Controls } from "./controls.js";
import { Lessons } from "./lessons.js";
import { Levers } from "./levers.js";
import { MemberStory } from "./member.js";
import { Networks } from "./network.js";
import { OwnFiles } from "./files.js";
import { Panels } from "./panels.js";
import { Saving } from "./saving.js";
import { Session } from "./session.js";
import { Store } from "./store.js";
import { DataTable } from "./table.js";
import { Theme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { listen } from "./keys.js";
import { stateSwatches } from "./swatches.js";
import { fromFragment, toFragment } from "./share.js";

const START = { a: { scenario: "the_suggestion_machine" }, b: { scenario: "neighbours_helping_neighbours" }, seed: 1 };
const COUNTS = ["employees", "customers", "partners"];
const MANY = 100;
const NOTICE_TIME = 8000;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const store = new Store();
const theme = new Theme(recolour);
const session = new Session(store, notice, got);
let noticeTimer = 0;

/** Everything the page can do, by name. */
const act = {
  toggle: () => (store.playing ? session.send({ cmd: "pause" }) : act.play()),
  play() {
    if (store.week >= store.weeks) session.send({ cmd: "seek", week: 0 });
    session.send({ cmd: "play", speed: store.speed });
  },
  step: (weeks) => session.send({ cmd: "step", weeks }),
  seek: (week) => session.send({ cmd: "seek", week: Math.max(0, Math.min(store.weeks, week)) }),
  reset: () => session.send({ cmd: "reset" }),
  luck(seed) {
    quiet();
    session.open({ ...session.renewed(), seed }, { play: store.playing });
  },
  speed(weeks) {
    store.speed = weeks;
    store.emit("speed");
    if (store.playing) session.send({ cmd: "play", speed: weeks });
  },
  choose(design, name) {
    const request = { ...session.renewed(), [design]: name ? { scenario: name, ...own.people() } : null };
    session.open(request, {});
  },
  set: (design, key, value) => session.send({ cmd: "set", design, key, value }),
  reopen(design, key, value) {
    quiet();
    const request = session.renewed();
    const both = COUNTS.includes(key) ? store.designs : [design];
    for (const d of both) request[d] = { ...request[d], set: { ...request[d].set, [key]: value } };
    session.open(request, { week: store.week, play: store.playing });
  },
  schedule: (design, at, key, value) => session.send({ cmd: "schedule", design, at, key, value }),
  unschedule: (design, at, key) => session.send({ cmd: "unschedule", design, at, key }),
  member(id) {
    store.selected = id;
    networks.select(id);
    if (id < 0) story.close();
    else session.send({ cmd: "member", id });
  },
  tie: (i, j) => session.send({ cmd: "tie", i, j }),
  find: (text) => text && session.send({ cmd: "find", text }),
  export: (what, design) => session.send({ cmd: "export", what, design }),
  link,
  say: (text) => notice(text, true),
  drawn: (frame) => session.send({ cmd: "ack", frame }),
  open: (request) => session.open(request),
  fetch: (id) => json(`/api/lessons/${encodeURIComponent(id)}`),
  show(measures) {
    store.shown = [...measures];
    store.emit("shown");
  },
};

const networks = new Networks(store, act, theme.palette);
const panels = new Panels(store, theme.palette);
const story = new MemberStory(store, act, theme.palette);
const controls = new Controls(store, act);
const lessons = new Lessons(store, { ...act, play: (until) => session.send({ cmd: "seek", week: until }) });
const own = new OwnFiles(store, session);
const saving = new Saving(act, () => ({ store, palette: theme.palette, panels }));
new Levers(store, act);
new Timeline(store, act);
new DataTable(store);

function recolour(palette) {
  for (const view of [networks, panels, story]) view.recolour(palette);
  stateSwatches(palette);
}

/** Both have run to the end: by which trajectory, to compare with the command line. */
function finished({ digest }) {
  const lines = Object.entries(digest).map(([d, hash]) => el("li", {}, `${d.toUpperCase()}: `, el("code", {}, hash)));
  fill(byId("digests"), `Digest of the whole run, all ${store.weeks} weeks, as engagesim run --json gives it for the saved scenario and this seed:`, el("ul", {}, lines));
  byId("digests").hidden = false;
}

/** A plain sentence on top, perhaps with a button [words, act]; `passing` ones go by themselves, `busy` ones are at work. */
function notice(text, passing = false, button = null, busy = false) {
  if (!text && noticeTimer) return;
  clearTimeout(noticeTimer);
  noticeTimer = 0;
  fill(byId("notice"), text, button ? [" ", el("button", { type: "button", onclick: button[1] }, button[0])] : null, busy ? el("progress") : null);
  byId("notice").hidden = !text;
  if (passing) noticeTimer = setTimeout(quiet, NOTICE_TIME);
}

/** Take back a passing sentence: what it was about is over. */
function quiet() {
  clearTimeout(noticeTimer);
  noticeTimer = 0;
  notice("");
}

/** Messages that are not about the run itself. */
function got(message) {
  const acts = {
    ready: begin,
    again,
    nothing: () => session.open(START, {}),
    began: () => act.member(message.member),
    stood: () => store.selected >= 0 && session.send({ cmd: "member", id: store.selected }),
    member: () => message.id === store.selected && story.show(message),
    tie: () => story.tie(message),
    found: () => story.found(message),
    export: () => saving.arrived(message),
    finished: () => finished(message),
  };
  acts[message.type]?.();
}

/** First picture: what the link says, or two designs that differ in nearly everything. */
function begin() {
  const view = fromFragment(location.hash);
  if (!view) return session.open(START, { play: !calm.matches });
  if (view.broken.length) notice(`The link was damaged; this is left out: ${view.broken.join(", ")}.`, true);
  if (view.shown) act.show(view.shown.filter((name) => store.measure(name)).concat(store.shown).slice(0, 2));
  act.speed(view.speed);
  if (view.lesson && !view.request.a) return lessons.begin(view.lesson, view.step);
  if (view.lesson) lessons.begin(view.lesson, view.step, true);
  return session.open(view.request, { week: view.week, member: view.member });
}

/** Another session of the server: what was open comes back, with one's own files. */
async function again() {
  const after = { week: store.week, play: store.playing, member: store.selected };
  session.open(await own.again(session.renewed()), after);
}

function link() {
  const request = session.renewed();
  const mine = ["a", "b"].some((d) => request[d]?.upload || request[d]?.network);
  for (const d of ["a", "b"]) if (request[d]?.upload) request[d] = own.before(d);
  const lesson = lessons.lesson?.id;
  const view = { request, week: store.week, shown: store.shown, speed: store.speed, lesson, step: lessons.step, member: store.selected };
  const url = `${location.origin}${location.pathname}#${toFragment(view)}`;
  history.replaceState(null, "", url);
  return { url, note: mine ? "Your own files are not in it: open them again where you use it." : "" };
}

function many() {
  const running = byId("many").dataset.running === "yes";
  session.send(running ? { cmd: "stop_many" } : { cmd: "many", replicates: MANY, measures: [...new Set(store.shown)] });
  manySays(running ? "" : "Running …", !running);
}

function manySays(text, running) {
  byId("many").dataset.running = running ? "yes" : "no";
  byId("many").textContent = running ? "Stop" : `Run ${MANY} more like this`;
  byId("many-says").textContent = text;
}

async function json(address) {
  const answer = await fetch(address);
  if (answer.ok) return answer.json();
  notice("The server does not know that.", true);
  return null;
}

/** Keys, once there is something to act on. */
listen([
  [" ", "Play or pause", act.toggle],
  ["ArrowRight", "One week on", () => act.step(1)],
  ["ArrowLeft", "One week back", () => act.seek(store.week - 1)],
  ["Home", "Back to the start, the same luck", act.reset],
  ["End", "To the last week", () => act.seek(store.weeks)],
  ["+", "Faster", () => controls.faster(1)],
  ["-", "Slower", () => controls.faster(-1)],
  ["n", "New luck", () => byId("luck").click()],
  ["l", "Go to the lesson", () => byId("lesson-choice").focus()],
  ["a", "Go to the network of A; arrow keys walk from member to member there", () => byId("network-a").focus()],
  ["b", "Go to the network of B", () => byId("network-b").focus()],
  ["f", "Find a member", () => byId("find-text").focus()],
  ["m", "Run 100 more like this, or stop", many],
  ["t", "The picture as a table", () => (byId("numbers").open = !byId("numbers").open)],
  ["k", "A link to exactly this", () => saving.link()],
  ["d", "Dark or light", () => theme.next()],
  ["?", "This list", () => byId("keys-dialog").showModal()],
].map(([key, says, does]) => [key, says, () => store.opened && does()]));

byId("keys").addEventListener("click", () => byId("keys-dialog").showModal());
byId("many").addEventListener("click", many);
store.on("band", () => {
  const runs = Object.values(store.bands);
  const done = Math.min(...runs.map((r) => r.done));
  const of = runs[0]?.of ?? MANY;
  manySays(done < of ? `${done} of ${of} runs` : `${of} runs: the band holds the middle 80 %, the line the median`, done < of);
});
store.on("opened", () => manySays("", false));
addEventListener("hashchange", () => store.opened && fromFragment(location.hash) && begin()); // a link was pasted
networks.motion = !calm.matches;
calm.addEventListener("change", () => (networks.motion = !calm.matches));
stateSwatches(theme.palette);
for (const event of ["opened", "levers"]) store.on(event, () => (byId("digests").hidden = true));
store.on("opened", () => document.querySelectorAll("[inert]").forEach((part) => (part.inert = false)));

new ResizeObserver(([entry]) => {
  document.documentElement.style.setProperty("--head", `${entry.target.offsetHeight}px`);
}).observe(document.querySelector("header"));

globalThis.engagesim = { store, networks, session };
store.catalogue = await json("/api/catalogue");
store.emit("catalogue");
store.emit("shown");
session.wire.connect();
