/** What happens between page and server: requests out, messages into the store. */
import { Wire } from "./wire.js";

const GONE = "The server is gone. This page tries to reach it again by itself; what you opened comes back then.";

export class Session {
  /** `notice(text)` shows a plain sentence, empty to hide it; `got(message)` takes what is not the store's. */
  constructor(store, notice, got) {
    this.store = store;
    this.notice = notice;
    this.got = got;
    this.after = null;
    this.wire = new Wire({
      ready: (hello) => this._ready(hello),
      message: (message) => this._message(message),
      binary: (message) => this._binary(message),
      lost: () => this._lost(),
      shape: () => ({ members: store.opened?.members ?? 0, measures: store.opened?.measures.length ?? 0, designs: store.designs }),
    });
  }

  /** Send a command; without a server nothing happens, and everything shows again what is in force. */
  send(command) {
    if (!this.wire.send(command)) this.store.emit("refused", { cmd: command.cmd, message: GONE });
  }

  /** Whether there is a server to talk to. */
  get connected() {
    return this.wire.connected;
  }

  /** Open designs; `after` = {week, play, member} once they are there. */
  open(request, after = {}) {
    this.asked = request;
    this.after = after;
    const { a, b, seed, weeks } = request;
    this.send({ cmd: "open", a, b, seed, ...(weeks ? { weeks } : {}) });
  }

  _ready(hello) {
    this.id = hello.session;
    this.renewing = Boolean(this.store.request);
    if (!this.renewing) this.notice(""); // else it goes once everything is back
    this.got({ type: this.renewing ? "again" : "ready" });
  }

  /** The request that makes what is open now, changes of the run included. */
  renewed() {
    const { store } = this;
    const request = { ...store.request, seed: store.opened?.seed ?? store.request.seed };
    for (const d of store.designs) request[d] = { ...request[d], schedule: this.own(d) };
    return request;
  }

  /** Changes of a design that its scenario does not plan by itself. */
  own(design) {
    const { store } = this;
    const own = without(store.opened?.designs[design]?.schedule ?? [], this.base?.[design] ?? []);
    return own.map(({ at, key, value, until }) => ({ at, key, value, ...(until ? { until } : {}) }));
  }

  _lost() {
    this.store.playing = false;
    this.store.emit("at");
    this.notice(GONE);
  }

  _message(message) {
    const { store } = this;
    const act = {
      opened: () => this._opened(message),
      history: () => store.history(message),
      levers: () => store.levers(message),
      band: () => store.band(message),
      curves: () => ((store.curves = message), store.emit("curves")),
      at: () => this._at(message),
      problem: () => this._refused(message),
      busy: () => this.notice(message.message),
      wait: () => this.notice(message.message, false, null, true),
      bye: () => this.notice(message.message, false, ["Go on", () => this.wire.connect()]),
    }[message.type];
    if (act) act();
    else this.got(message);
  }

  /** Something was wrong with a command: say so, and show again what is in force. */
  _refused(message) {
    this.notice(message.message, true);
    this.store.emit("refused", message);
    const lost = this.renewing || !this.store.opened;
    if (message.cmd === "open" && lost) this.got({ type: "nothing" });
  }

  _opened(message) {
    const { store, after, asked } = this;
    store.request = asked;
    this.renewing = false;
    this.base = Object.fromEntries(["a", "b"].map((d) => [d, without(message.designs[d]?.schedule ?? [], asked[d]?.schedule ?? [])]));
    store.open(message);
    this.notice("");
    this.after = null;
    if (after?.week) this.send({ cmd: "seek", week: Math.min(after.week, message.weeks) });
    if (after?.play) this.send({ cmd: "play", speed: store.speed });
    this.send({ cmd: "curves" });
    this.got({ type: "began", member: after?.member ?? -1 });
  }

  _at(message) {
    this.store.playing = message.playing;
    this.store.emit("at", message);
    if (!message.playing) {
      this.send({ cmd: "curves" });
      this.got({ type: "stood" });
    }
  }

  _binary(message) {
    const { store } = this;
    if (message.type === "topology") {
      store.topologies[message.design] = message;
      store.emit("topology", message);
    } else {
      store.frame(message);
    }
  }
}

/** The changes of a schedule that are not among others. */
function without(schedule, others) {
  const said = (c) => JSON.stringify([c.at, c.key, c.value, c.until ?? null]);
  const known = new Set(others.map(said));
  return schedule.filter((c) => !known.has(said(c)));
}
