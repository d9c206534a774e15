/** What was set and changed of a design, in words. */
import { short } from "./numbers.js";
import { ROLES } from "./palette.js";

const MOST_NAMED = 3;

/** A lever's key such as `demand.employee` or `badges.value` in words, from the title of the lever itself. */
export function keyWords(key, title) {
  const [head, part] = key.split(".");
  if (!part) return title;
  return ROLES.includes(part) ? `${title} (${part}s)` : `${title} of ${spaced(head)}`;
}

/** The title of a lever where nothing but its key is known. */
export function titleOfKey(key) {
  const [head, part] = key.split(".");
  return spaced(part && !ROLES.includes(part) ? part : head);
}

/** A change {at, design, value, until} of a lever called `title` in one phrase. */
export function changeWords(change, title) {
  const value = typeof change.value === "number" ? short(change.value) : spaced(String(change.value));
  const glide = change.until ? `, gliding until week ${change.until}` : "";
  return `Week ${change.at}, ${change.design.toUpperCase()}: ${title} becomes ${value}${glide}`;
}

/** What was set before the start, `{key: value}`: two designs of one scenario are told apart by it. */
export function settingWords(set) {
  const words = Object.entries(set ?? {}).map(([key, value]) => `${keyWords(key, titleOfKey(key))} ${spaced(String(value))}`);
  const more = words.length > MOST_NAMED ? ", …" : "";
  return words.length ? `: ${words.slice(0, MOST_NAMED).join(", ")}${more}` : "";
}

function spaced(name) {
  return name.replaceAll("_", " ");
}
