/** Keys for everything, listed by `?`; never while someone types or turns a slider. */
import { el, byId, fill } from "./dom.js";

const HELP = "?";

/** Listen for keys; `keys` = [[key, words, act]]. Shift is part of the key ("?"), Ctrl, Alt and Meta are left alone, and so is all but help if the reader says so. */
export function listen(keys) {
  const acts = new Map(keys.map(([key, , act]) => [key, act]));
  const wanted = byId("keys-wanted");
  fill(byId("keys-list"), keys.flatMap(([key, words]) => [el("dt", {}, el("kbd", {}, key === " " ? "Space" : key)), el("dd", {}, words)]));
  document.addEventListener("keydown", (event) => {
    if (!wanted.checked && event.key !== HELP) return;
    if (event.ctrlKey || event.altKey || event.metaKey || busy(event.target, event.key)) return;
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Whether the element with the focus wants this key for itself. */
function busy(target, key) {
  if (target.closest("input[type=text], input[type=search], input[type=number], select, dialog[open]")) return true;
  if (key === " ") return Boolean(target.closest("button, input, a, summary"));
  const moving = key.startsWith("Arrow") || key === "Home" || key === "End";
  return moving && Boolean(target.closest("input, canvas, .scroll"));
}
