/** One's own scenario, ties and roster: sent to this machine's server only, named problem by problem. */
import { el, byId, fill } from "./dom.js";

export class OwnFiles {
  /** `actions` = {opened(kind, design, token)}; `session()` gives the session's name. */
  constructor(session, actions) {
    this.session = session;
    this.actions = actions;
    this._watch("own-scenario-a", "scenario", "a");
    this._watch("own-scenario-b", "scenario", "b");
    this._watch("own-network", "network", null);
    this._watch("own-roster", "roster", null);
  }

  _watch(id, kind, design) {
    byId(id).addEventListener("change", (event) => {
      const file = event.target.files[0];
      if (file) this._send(file, kind, design);
    });
  }

  async _send(file, kind, design) {
    const where = new URLSearchParams({ session: this.session(), kind, name: file.name });
    this._say([`Reading ${file.name} …`]);
    try {
      const answer = await fetch(`/api/upload?${where}`, { method: "POST", body: file });
      this._answered(await answer.json(), file, kind, design);
    } catch {
      this._say([`${file.name} could not be sent: the server does not answer.`]);
    }
  }

  _answered(told, file, kind, design) {
    const problems = told.problems ?? [told.message ?? `${file.name} was not accepted.`];
    const size = told.ties ? [`${told.members} members, ${told.ties} ties.`] : [];
    if (!told.upload) return this._say(problems);
    this._say([`${file.name} is in use.`, ...size, ...(told.notes ?? [])]);
    return this.actions.opened(kind, design, told.upload);
  }

  _say(lines) {
    fill(byId("own-says"), el("ul", {}, lines.map((line) => el("li", {}, line))));
  }
}
