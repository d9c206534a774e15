/** Ties drawn into a bitmap, a few thousand per animation frame so that the picture never stops. */
import { KINDS } from "./palette.js";

const LEVELS = 6;
const BATCH = 2500;

/** Groups of ties with the same look: by kind and strength level, weak first so that strong ones lie on top. */
function buckets(topology, shown) {
  const groups = Array.from({ length: KINDS.length * LEVELS }, () => []);
  for (let t = 0; t < topology.ties; t++) {
    const kind = topology.kind[t];
    if (kind >= KINDS.length || !shown.kinds.has(kind) || !shown.orders.has(topology.order[t])) continue;
    const level = Math.min(LEVELS - 1, Math.floor(topology.strength[t] * LEVELS));
    groups[level * KINDS.length + kind].push(t);
  }
  return groups;
}

/** Width and opacity of a tie, thinner and fainter where there are many. */
export function tieLook(level, ties, scale) {
  const crowd = Math.min(1, Math.sqrt(700 / Math.max(1, ties)));
  const share = (level + 0.5) / LEVELS;
  return { width: (0.35 + 3.1 * share * Math.max(0.3, crowd)) * scale, alpha: (0.2 + 0.6 * share) * Math.max(0.22, crowd) };
}

/** Reporting lines are solid and dark, ties by place dotted, all others solid in the colour of their kind. */
function stroke(context, picture, group, kind, level) {
  const { topology, palette, scale } = picture;
  const look = tieLook(level, topology.ties, scale);
  context.strokeStyle = palette.kinds[kind];
  context.globalAlpha = kind === 0 ? Math.min(1, look.alpha * 1.5) : look.alpha;
  context.lineWidth = kind === 0 ? look.width * 1.2 : look.width;
  context.setLineDash(kind === 5 ? [2 * scale, 2 * scale] : []);
  context.beginPath();
  for (const t of group) {
    const i = topology.i[t];
    const j = topology.j[t];
    context.moveTo(picture.px[i], picture.py[i]);
    context.lineTo(picture.px[j], picture.py[j]);
  }
  context.stroke();
}

/** Pieces of work of at most BATCH ties each. */
function pieces(groups) {
  const list = [];
  groups.forEach((group, k) => {
    for (let at = 0; at < group.length; at += BATCH) {
      list.push({ kind: k % KINDS.length, level: Math.floor(k / KINDS.length), group: group.slice(at, at + BATCH) });
    }
  });
  return list;
}

/** Start drawing the ties of a picture; call the result once per animation frame until it gives the finished pixels. */
export function drawTies(picture, shown) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = picture.palette.paper;
  context.fillRect(0, 0, picture.width, picture.height);
  const rest = pieces(buckets(picture.topology, shown));
  return () => {
    let budget = BATCH;
    while (rest.length && budget > 0) {
      const piece = rest.shift();
      stroke(context, picture, piece.group, piece.kind, piece.level);
      budget -= piece.group.length;
    }
    if (rest.length) return null;
    return new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
  };
}
