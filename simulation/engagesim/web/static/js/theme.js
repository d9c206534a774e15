/** Dark or light: as the system says, until the reader chooses. */
import { byId } from "./dom.js";
import { paletteFor } from "./palette.js";

const KEY = "engagesim-theme";
const WORDS = { auto: "as the system", light: "light", dark: "dark" };

export class Theme {
  /** `changed(palette)` is called whenever colours change. */
  constructor(changed) {
    this.changed = changed;
    this.system = matchMedia("(prefers-color-scheme: dark)");
    this.choice = remembered();
    this.system.addEventListener("change", () => this._apply());
    byId("theme").addEventListener("click", () => this.next());
    this._mark();
  }

  /** The palette in force. */
  get palette() {
    return paletteFor(this.dark);
  }

  /** Whether the page is dark. */
  get dark() {
    return this.choice === "dark" || (this.choice === "auto" && this.system.matches);
  }

  /** The other colours than now. */
  next() {
    this.choice = this.dark ? "light" : "dark";
    try {
      localStorage.setItem(KEY, this.choice);
    } catch {
      // A browser that keeps nothing still changes colours now.
    }
    this._apply();
  }

  _apply() {
    this._mark();
    this.changed(this.palette);
  }

  _mark() {
    document.documentElement.dataset.theme = this.dark ? "dark" : "light";
    byId("theme").setAttribute("aria-label", `Colours: ${WORDS[this.choice]}; press for ${this.dark ? "light" : "dark"}`);
  }
}

function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept in WORDS ? kept : "auto";
  } catch {
    return "auto";
  }
}
