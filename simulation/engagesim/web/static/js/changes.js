/** Changes of a design in words. */
import { short } from "./numbers.js";

/** A change {at, design, value, until} of a lever called `title` in one phrase. */
export function changeWords(change, title) {
  const value = typeof change.value === "number" ? short(change.value) : String(change.value).replaceAll("_", " ");
  const glide = change.until ? `, gliding until week ${change.until}` : "";
  return `Week ${change.at}, ${change.design.toUpperCase()}: ${title} becomes ${value}${glide}`;
}
