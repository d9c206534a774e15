/** One's own scenarios, ties and roster: sent to this machine's server only, named problem by problem, and taken away again. */
import { el, byId, fill } from "./dom.js";

const SCENARIO = { a: "scenario-a", b: "scenario-b" };
/** Where a file can be given: what it is, and what it is called when it goes. */
const PLACES = {
  "scenario-a": { kind: "scenario", design: "a", called: "scenario for A" },
  "scenario-b": { kind: "scenario", design: "b", called: "scenario for B" },
  network: { kind: "network", called: "ties" },
  roster: { kind: "roster", called: "roster" },
};

export class OwnFiles {
  /** `session` opens designs; the files in use are seen from what is open. */
  constructor(store, session) {
    this.store = store;
    this.session = session;
    this.kept = {};
    this.tried = null;
    for (const place of Object.keys(PLACES)) this._watch(place);
    store.on("opened", () => this._opened());
    store.on("refused", (message) => message.cmd === "open" && this._refused(message));
  }

  /** Ties and roster as every design takes them; a roster without ties is of no use yet. */
  people() {
    const { network, roster } = this.kept;
    return { network: network?.token ?? null, roster: (network && roster?.token) ?? null };
  }

  /** What a link or a new session opens where this file is not: the design before it. */
  before(design) {
    return this.kept[SCENARIO[design]]?.before ?? null;
  }

  /** Give the files to another session of the server; resolves to `request` with their new names, without those that are gone. */
  async again(request) {
    const lost = [];
    const before = { a: this.before("a"), b: this.before("b") };
    for (const [place, one] of Object.entries(this.kept)) {
      const told = await this._post(place, one.file);
      if (told.upload) one.token = told.upload;
      else lost.push(this._forget(place));
    }
    if (lost.length) this._say([`Left out, since the browser cannot read it any more: ${lost.join(", ")}.`]);
    for (const d of ["a", "b"]) {
      if (request[d]?.upload) request[d] = this.kept[SCENARIO[d]] ? { ...request[d], upload: this.kept[SCENARIO[d]].token } : before[d];
      if (request[d]?.network) request[d] = { ...request[d], ...this.people() };
    }
    return request;
  }

  _watch(place) {
    const input = byId(`own-${place}`);
    input.addEventListener("click", () => (input.value = "")); // or the same file, mended, could not be chosen again
    input.addEventListener("change", () => input.files[0] && this._give(place, input.files[0]));
  }

  async _give(place, file) {
    this._say([`Reading ${file.name} …`]);
    const told = await this._post(place, file);
    if (!told.upload) {
      byId(`own-${place}`).value = ""; // or the browser names it as if it were in use
      return this._say(told.problems ?? [told.message ?? `${file.name} was not accepted.`]);
    }
    const { design } = PLACES[place];
    const former = this.kept[place];
    this.kept[place] = { file, token: told.upload, before: former ? former.before : this.session.renewed()[design] ?? null };
    const size = told.ties ? [`${told.ties} ties between ${told.members} members.`] : [];
    this._say([this._waits(place) ? `${file.name} is kept.` : `${file.name} is in use.`, ...size, ...(told.notes ?? [])]);
    return this._open(place, { place, former, file });
  }

  /** What the server says of a file; never fails. */
  async _post(place, file) {
    const where = new URLSearchParams({ session: this.session.id, kind: PLACES[place].kind, name: file.name });
    try {
      return await (await fetch(`/api/upload?${where}`, { method: "POST", body: file })).json();
    } catch {
      return { problems: [`${file.name} could not be sent: the server does not answer, or the file has changed or gone.`] };
    }
  }

  /** Open the designs with what is kept; `tried` is what a refusal takes back. */
  _open(place, tried) {
    if (this._waits(place)) return this._list();
    this.tried = tried;
    const request = this.session.renewed();
    for (const d of PLACES[place].design ?? this.store.designs) {
      const own = this.kept[SCENARIO[d]];
      const asked = place === SCENARIO[d] && own ? { scenario: null, upload: own.token } : request[d];
      request[d] = asked && { ...asked, ...this.people() };
    }
    return this.session.open(request);
  }

  /** Whether a file changes nothing for now. */
  _waits(place) {
    return place === "roster" && !this.kept.network;
  }

  _take(place) {
    if (!this.session.connected) return this._say(["The server is gone: take the file away when it is back."]);
    const { design, called } = PLACES[place];
    const { before } = this.kept[place];
    const name = this._forget(place);
    this._say([`${name} is taken away (${called}).`]);
    byId(`own-${place}`).focus();
    if (this._waits(place)) return this._list();
    const request = this.session.renewed();
    if (design) request[design] = before;
    for (const d of ["a", "b"]) request[d] = request[d] && { ...request[d], ...this.people() };
    return this.session.open(request);
  }

  _forget(place) {
    const { name } = this.kept[place].file;
    delete this.kept[place];
    byId(`own-${place}`).value = "";
    return name;
  }

  /** Other designs are open: one's own that is not among them is let go. */
  _opened() {
    const people = this.tried && !PLACES[this.tried.place].design;
    if (people) this._say([...this.said, `The organization has ${this.store.opened.members} members.`]);
    this.tried = null;
    for (const d of ["a", "b"]) {
      if (this.kept[SCENARIO[d]] && !this.store.request[d]?.upload) this._forget(SCENARIO[d]);
    }
    this._list();
  }

  /** A file that does not fit to the rest is not kept. */
  _refused(message) {
    if (!this.tried) return;
    const { place, former, file } = this.tried;
    this.tried = null;
    if (former) this.kept[place] = former;
    else this._forget(place);
    byId(`own-${place}`).value = "";
    this._say([`${file.name} is not used.`, ...message.message.split("\n")]);
    this._list();
  }

  /** Beside each place its file, and a button that takes it away. */
  _list() {
    for (const [place, { called }] of Object.entries(PLACES)) {
      const one = this.kept[place];
      const label = one && `Take ${one.file.name} away (${called})`;
      fill(byId(`own-${place}-kept`), one && el("span", {}, this._state(place)),
        one && el("button", { type: "button", class: "small", "aria-label": label, onclick: () => this._take(place) }, "Take away"));
    }
  }

  _state(place) {
    const { name } = this.kept[place].file;
    if (this._waits(place)) return `${name}: kept, used with a file of ties`;
    const used = PLACES[place].design || this.store.designs.some((d) => this.store.request[d].network);
    return used ? `${name}: in use` : `${name}: kept for the next design that you choose`;
  }

  _say(lines) {
    this.said = lines;
    fill(byId("own-says"), el("ul", {}, lines.map((line) => el("li", {}, line))));
  }
}
