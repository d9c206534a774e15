/** Guided lessons: guess first, then watch, then answer a question by experiment. Texts come from the server. */
import { el, byId, fill, freshId } from "./dom.js";

export class Lessons {
  /** `actions` = {open(request), play(until), set(design, key, value), show(measures), fetch(id)}. */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.lesson = null;
    this.guesses = [];
    byId("lesson-choice").addEventListener("change", (event) => this.begin(event.target.value));
    byId("lesson-leave").addEventListener("click", () => this._end());
    store.on("opened", () => this._opened());
    store.on("frame", () => this._reached());
    store.on("history", () => this._reached());
    store.on("catalogue", () => this._list());
  }

  /** Begin a lesson, at one of its steps; an empty id leaves. What is open may stay as it is (`keep`). */
  async begin(id, step = 0, keep = false) {
    if (!id) return this.leave();
    const lesson = await this.actions.fetch(id);
    if (!lesson) return undefined;
    this.lesson = lesson;
    this.guesses = [];
    this.step = Math.min(step, lesson.steps.length - 1);
    byId("lesson-choice").value = id;
    byId("lesson-leave").hidden = false;
    if (keep) this.asked = requestOf(lesson);
    else {
      this.actions.show(lesson.measures);
      this._open(lesson);
    }
    return this._show();
  }

  /** Back to free exploration. */
  leave() {
    this.lesson = null;
    byId("lesson-choice").value = "";
    byId("lesson-leave").hidden = true;
    fill(byId("lesson"), this._welcome());
  }

  /** The last step is done. */
  _done() {
    this.finished = this.lesson.id;
    this._end();
  }

  /** Leave by a button, which goes with the lesson: the focus has to be somewhere. */
  _end() {
    this.leave();
    byId("lesson-choice").focus();
  }

  _welcome() {
    const list = this.store.catalogue?.lessons ?? [];
    const after = list[list.findIndex((l) => l.id === this.finished) + 1] ?? list[0];
    const words = this.finished && after !== list[0] ? "Go on with the next lesson" : "Begin with a lesson";
    return [
      el("p", {}, "Two designs of one organization: the same people, the same luck. Play, turn a lever of A or B while they run, and watch what answers."),
      after ? el("button", { type: "button", class: "main", onclick: () => this.begin(after.id) }, `${words}: ${after.title}`) : null,
    ];
  }

  _list() {
    const options = this.store.catalogue.lessons.map((l, k) => el("option", { value: l.id }, `${k + 1}. ${l.title} (${l.minutes} min)`));
    fill(byId("lesson-choice"), el("option", { value: "" }, "Explore freely"), options);
    if (!this.lesson) this.leave();
  }

  _show() {
    const { lesson, step } = this;
    const part = lesson.steps[step];
    const heading = el("h3", { tabindex: "-1" }, part.title);
    fill(byId("lesson"),
      el("p", { class: "progress" }, `${lesson.title}: step ${step + 1} of ${lesson.steps.length}`),
      heading,
      (this.aside = el("p", { class: "hint", role: "status" })),
      paragraphs(part.text),
      part.guess ? this._guess(part.guess) : null,
      part.act ? this._acts(part.act) : null,
      part.question ? this._question(part.question) : this._last(),
      this._buttons());
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
    this.warned = false;
    this._reached();
    this._stray();
    this.store.emit("lesson");
  }

  _open(what) {
    this.asked = requestOf(what);
    this.waiting = true;
    this.actions.open(this.asked);
  }

  _opened() {
    this.waiting = false;
    this._stray();
  }

  /** The button goes with what it says, so that the focus moves to the lesson. */
  _again() {
    this.actions.open(this.asked);
    byId("lesson").querySelector("h3").focus();
  }

  /** Say when other designs are open than those that the lesson speaks of, and offer them. */
  _stray() {
    if (!this.lesson || this.waiting) return;
    const names = (request) => JSON.stringify(["a", "b"].map((d) => request?.[d]?.scenario ?? null));
    const strays = this.store.request && names(this.store.request) !== names(this.asked);
    const again = el("button", { type: "button", class: "small", onclick: () => this._again() }, "Open those of the lesson");
    fill(this.aside, strays ? ["Other designs are open than the lesson speaks of. ", again] : null);
  }

  _buttons() {
    const last = this.step === this.lesson.steps.length - 1;
    const back = el("button", { type: "button", disabled: this.step === 0, onclick: () => this._go(-1) }, "Back");
    this.next = el("button", { type: "button", class: "main", onclick: () => (last ? this._done() : this._next()) }, last ? "Done" : "Next");
    this.hint = el("p", { class: "hint", role: "status" });
    return el("div", { class: "lesson-buttons" }, back, this.next, this.hint);
  }

  _go(by) {
    this.step += by;
    this._show();
  }

  /** The next step tells what came out: who has not guessed or looked yet is asked once. */
  _next() {
    if (this.warned || !this._missing()) return this._go(1);
    this.warned = true;
    return this._reached();
  }

  /** What is still to be done before the next step, empty if nothing is. */
  _missing() {
    const part = this.lesson.steps[this.step];
    if (part.guess && this.guesses[this.step] === undefined) return "Choose a guess first: it is shown again beside what came out.";
    const waits = part.until && this.store.week < part.until;
    const why = this.lesson.steps[this.step + 1]?.question ? "builds on it" : "tells what came out";
    return waits ? `Run to week ${part.until} first: the next step ${why}.` : "";
  }

  /** Say what is still to be done; never lock anybody in. */
  _reached() {
    if (!this.lesson || !this.hint) return;
    const missing = this._missing();
    const text = missing && this.warned ? `${missing} Or press Next once more to go on without.` : missing;
    if (this.hint.textContent !== text) this.hint.textContent = text;
    this.hint.classList.toggle("said", Boolean(missing && this.warned));
  }

  /** A guess is kept and shown again beside what happened. */
  _guess(guess) {
    const said = el("p", { class: "said", role: "status" });
    const choose = (k) => {
      this.guesses[this.step] = k;
      said.textContent = "Noted. Now look.";
      this._reached();
    };
    return [radios(guess.question, guess.options, this.guesses[this.step], choose), said];
  }

  _acts(acts) {
    return el("div", { class: "acts" }, acts.map((act) => el("button", { type: "button", onclick: () => this._do(act) }, act.label)));
  }

  _do(act) {
    if (act.open) this._open({ ...this.lesson, ...act.open });
    if (act.show) this.actions.show(act.show);
    for (const s of act.set ?? []) this.actions.set(s.design, s.key, s.value);
    if (act.play) this.actions.play(act.play);
  }

  _question(question) {
    const said = el("p", { class: "said", role: "status" });
    const choose = (k) => (said.textContent = `${k === question.right ? "Yes." : "Not what the runs show."} ${question.why}`);
    const first = el("p", { class: "hint" }, "Try it out first: the answer comes as soon as you choose.");
    return [first, radios(question.text, question.options, undefined, choose), said, this._earlier()];
  }

  /** The guess that the steps after it are about. */
  _last() {
    const { steps } = this.lesson;
    const asked = steps.slice(0, this.step).findLastIndex((s) => s.guess);
    const chosen = this.guesses[asked];
    return chosen === undefined ? null : el("p", { class: "hint" }, `Your guess was: ${steps[asked].guess.options[chosen]}.`);
  }

  /** What was guessed at first. */
  _earlier() {
    const lines = this.lesson.steps.map((s, k) => (s.guess && this.guesses[k] !== undefined ? s.guess.options[this.guesses[k]] : null)).filter(Boolean);
    return lines.length ? el("p", { class: "hint" }, `Your first guess was: ${lines.join("; ")}.`) : null;
  }
}

/** What a lesson wants to be opened. */
function requestOf(lesson) {
  const design = (name) => (lesson[name] ? { scenario: lesson[name], set: lesson[`set_${name}`] ?? {} } : null);
  return { a: design("a"), b: design("b"), seed: lesson.seed };
}

function paragraphs(text) {
  return text.trim().split(/\n\s*\n/).map((p) => el("p", {}, p.replaceAll(/\s+/g, " ")));
}

function radios(question, options, chosen, choose) {
  const name = freshId("choice");
  return el("fieldset", { class: "choices" }, el("legend", {}, question), options.map((option, k) => {
    const box = el("input", { type: "radio", name, checked: chosen === k, onchange: () => choose(k) });
    return el("label", {}, box, option);
  }));
}
