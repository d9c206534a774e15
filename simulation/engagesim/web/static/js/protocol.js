/** Binary messages of the server, little-endian, as views without copying; see docs/page.md. */

const TOPOLOGY = 1;
const FRAME = 2;

/** Decode one message; `shape` = {members, measures, designs: ["a", "b"]} of what is open. Unknown ones give null. */
export function decode(buffer, shape) {
  const kind = new Uint8Array(buffer, 0, 1)[0];
  if (kind === TOPOLOGY) return topology(buffer);
  return kind === FRAME ? frame(buffer, shape) : null;
}

/** A cursor that hands out typed views one after the other. */
function cursor(buffer, start) {
  let at = start;
  return (type, count) => {
    const view = new type(buffer, at, count);
    at += view.byteLength;
    return view;
  };
}

function topology(buffer) {
  const head = new DataView(buffer);
  const n = head.getUint32(4, true);
  const ties = head.getUint32(8, true);
  const take = cursor(buffer, 12);
  const x = take(Float32Array, n);
  const y = take(Float32Array, n);
  const role = take(Uint8Array, n);
  take(Uint8Array, (4 - (n % 4)) % 4);
  return {
    type: "topology", design: "ab"[head.getUint8(1)], week: head.getUint16(2, true), n, x, y, role, ties,
    i: take(Uint32Array, ties), j: take(Uint32Array, ties), strength: take(Float32Array, ties),
    kind: take(Uint8Array, ties), order: take(Uint8Array, ties),
  };
}

function frame(buffer, shape) {
  const head = new DataView(buffer);
  const designs = shape.designs.slice(0, head.getUint8(1));
  const take = cursor(buffer, 8);
  const measures = designs.map(() => take(Float32Array, shape.measures));
  const nodes = designs.map(() => take(Uint8Array, shape.members));
  const parts = designs.map((name, k) => [name, { measures: measures[k], nodes: nodes[k] }]);
  return {
    type: "frame", week: head.getUint16(2, true), frame: head.getUint32(4, true), designs: Object.fromEntries(parts),
  };
}
