/** Everything that can be kept: files from the server, figures and films from the page, a link. */
import { byId, download } from "./dom.js";
import { figureCanvas, figureSvg, film } from "./figure.js";

const LONGEST_FILM = 60000;

export class Saving {
  /** `actions` = {export(what, design), link(), play(), say(text)}; `view()` gives {store, palette, panels}. */
  constructor(actions, view) {
    this.actions = actions;
    this.view = view;
    for (const what of ["toml", "csv"]) {
      for (const d of ["a", "b"]) byId(`save-${what}-${d}`).addEventListener("click", () => actions.export(what, d));
    }
    byId("save-replay").addEventListener("click", () => actions.export("replay", "a"));
    byId("save-svg").addEventListener("click", () => download(this._name("svg"), figureSvg(view()), "image/svg+xml"));
    byId("save-png").addEventListener("click", () => this.png());
    byId("save-film").addEventListener("click", () => this.film());
    const menu = document.querySelector("details.menu");
    menu.addEventListener("click", (event) => event.target.closest("div button") && (menu.open = false));
    menu.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu(menu));
    document.addEventListener("click", (event) => !menu.contains(event.target) && (menu.open = false));
    byId("link").addEventListener("click", () => this.link());
    byId("link-copy").addEventListener("click", () => this._copy());
  }

  /** A file from the server. */
  arrived(message) {
    download(message.name, message.text, message.mime);
  }

  /** The figure as PNG. */
  png() {
    figureCanvas(this.view()).toBlob((blob) => download(this._name("png"), blob), "image/png");
  }

  /** Begin or end a film. */
  async film() {
    const button = byId("save-film");
    if (this.running) return this.running.stop();
    const { store } = this.view();
    this.running = film(this.view(), store.designs.map((d) => byId(`network-${d}`)));
    button.setAttribute("aria-pressed", "true");
    button.textContent = "End the film and keep it";
    if (!store.playing) this.actions.play();
    this.actions.say(`Filming. "${button.textContent}" in the menu Save ends it; after ${LONGEST_FILM / 1000} seconds it ends by itself.`);
    const limit = setTimeout(() => this.running?.stop(), LONGEST_FILM);
    const blob = await this.running.done;
    clearTimeout(limit);
    this.running = null;
    button.setAttribute("aria-pressed", "false");
    button.textContent = "Film what happens (WebM)";
    if (!blob.size) return this.actions.say("The film was too short to hold a picture; let it run for some seconds.");
    return download(this._name("webm"), blob);
  }

  /** Show the link to exactly this. */
  link() {
    if (!this.view().store.opened) return;
    const { url, note } = this.actions.link();
    byId("link-text").value = url;
    byId("link-note").textContent = note;
    byId("link-dialog").showModal();
    byId("link-text").select();
  }

  async _copy() {
    try {
      await navigator.clipboard.writeText(byId("link-text").value);
      byId("link-note").textContent = "Copied.";
    } catch {
      byId("link-text").select();
      byId("link-note").textContent = "Press Ctrl+C: the browser does not let a page copy by itself here.";
    }
  }

  _name(ending) {
    const { store } = this.view();
    const names = store.designs.map((d) => store.opened.designs[d].name).join("_and_");
    return `${names}_seed_${store.seed}_week_${store.week}.${ending}`;
  }
}

function closeMenu(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}
