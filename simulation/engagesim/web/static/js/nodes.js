/** What the byte of a member says; see docs/page.md. */

/** What one byte of a node says. */
export function nodeOf(byte) {
  return { state: byte & 7, effort: (byte >> 3) & 7, contact: (byte & 64) !== 0, empty: (byte & 128) !== 0 };
}

/** Members in each of the six states; empty places count as left. With participation states off all are in state 0. */
export function countStates(nodes) {
  const counts = new Float64Array(6);
  for (let k = 0; k < nodes.length; k++) counts[nodes[k] & 128 ? 5 : nodes[k] & 7] += 1;
  return counts;
}
