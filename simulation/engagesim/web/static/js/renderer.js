/** The animated network of one design: ties from a bitmap, members written as pixels, no GPU needed. */
import { KINDS, pixelOf, rgb } from "./palette.js";
import { drawTies } from "./background.js";
import { spritesFor } from "./sprites.js";

const FLASH = 300;
const FLASHING_TIES = 2600;
const HALOS = 2500;
const MARGIN = 14;

export class NetworkPicture {
  /** A picture on a canvas; `palette` as in palette.js. */
  constructor(canvas, palette) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    this.palette = palette;
    this.topology = null;
    this.nodes = null;
    this.shown = { kinds: new Set(KINDS.keys()), orders: new Set([0, 1, 2, 3]), roles: new Set([0, 1, 2]) };
    this.selected = -1;
    this.flashFrom = -Infinity;
    this.dirty = true;
    this.motion = true;
  }

  /** Fit the picture to `width` x `height` CSS pixels at a device pixel ratio. */
  resize(width, height, scale) {
    const w = Math.max(40, Math.round(width * scale));
    const h = Math.max(40, Math.round(height * scale));
    if (w === this.width && h === this.height) return;
    Object.assign(this, { width: w, height: h, scale });
    this.canvas.width = w;
    this.canvas.height = h;
    this.context.fillStyle = this.palette.paper; // an opaque canvas begins black
    this.context.fillRect(0, 0, w, h);
    this.image = this.context.createImageData(w, h);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.bytes = this.image.data;
    this.backdrop = null;
    this._prepare();
  }

  /** Other colours. */
  recolour(palette) {
    this.palette = palette;
    this.backdrop = null;
    this._prepare();
  }

  /** Other members or ties; while new ties are being drawn the old ones stay. */
  setTopology(topology) {
    const other = !this.topology || this.topology.n !== topology.n;
    this.topology = topology;
    if (other) {
      this.nodes = null;
      this.backdrop = null;
    }
    this._prepare(other);
  }

  /** Show only some kinds of ties, orders of engagement or roles. */
  show(shown) {
    this.shown = shown;
    this._redrawTies();
  }

  /** The bytes of a new week. */
  setNodes(nodes, now) {
    this.nodes = nodes;
    if (this.motion) this.flashFrom = now;
    this.allZero = !nodes.some((byte) => (byte & 7) !== 0);
    this.dirty = true;
  }

  /** Draw if something changed; says whether it did. */
  draw(now) {
    if (!this.topology || !this.width) return false;
    this._continueTies();
    const fading = now - this.flashFrom < FLASH;
    if (!this.dirty && !fading && !this.wasFading) return false;
    this.wasFading = fading;
    this.dirty = false;
    this._compose(fading ? 1 - (now - this.flashFrom) / FLASH : 0);
    this.context.putImageData(this.image, 0, 0);
    this._mark();
    return true;
  }

  /** The member nearest to a point in CSS pixels, or -1 if none is near. */
  memberAt(x, y) {
    const [cx, cy] = [x * this.scale, y * this.scale];
    let best = (12 * this.scale) ** 2;
    let found = -1;
    for (let k = 0; k < (this.topology?.n ?? 0); k++) {
      const d = (this.px[k] - cx) ** 2 + (this.py[k] - cy) ** 2;
      if (d < best && this.shown.roles.has(this.topology.role[k])) [best, found] = [d, k];
    }
    return found;
  }

  /** The tie nearest to a point in CSS pixels as [i, j], or null. */
  tieAt(x, y) {
    const [cx, cy] = [x * this.scale, y * this.scale];
    const t = this.topology;
    let best = (5 * this.scale) ** 2;
    let found = null;
    for (let k = 0; k < (t?.ties ?? 0); k++) {
      if (!this.shown.kinds.has(t.kind[k]) || !this.shown.orders.has(t.order[k])) continue;
      const d = this._distance(cx, cy, t.i[k], t.j[k]);
      if (d < best) [best, found] = [d, [t.i[k], t.j[k]]];
    }
    return found;
  }

  /** The member next to `from` in a direction (dx, dy), for arrow keys. */
  neighbourTowards(from, dx, dy) {
    let best = Infinity;
    let found = from;
    for (let k = 0; k < this.topology.n; k++) {
      const [x, y] = [this.px[k] - this.px[from], this.py[k] - this.py[from]];
      const along = x * dx + y * dy;
      const across = Math.abs(x * dy) + Math.abs(y * dx);
      if (k !== from && along > 0.5 && along + 2.5 * across < best) [best, found] = [along + 2.5 * across, k];
    }
    return found;
  }

  /** Mark one member, -1 for none. */
  select(member) {
    this.selected = member;
    this.dirty = true;
  }

  _distance(x, y, i, j) {
    const [ax, ay] = [this.px[i], this.py[i]];
    const [bx, by] = [this.px[j] - ax, this.py[j] - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1)));
    return (x - ax - along * bx) ** 2 + (y - ay - along * by) ** 2;
  }

  _prepare(sprites = true) {
    if (!this.topology || !this.width) return;
    const { n, x, y } = this.topology;
    const margin = MARGIN * this.scale;
    this.px = Float32Array.from(x, (v) => Math.round(margin + v * (this.width - 2 * margin)));
    this.py = Float32Array.from(y, (v) => Math.round(margin + v * (this.height - 2 * margin)));
    this.at = Int32Array.from(this.px, (v, k) => this.py[k] * this.width + v);
    if (sprites || !this.art) this.art = spritesFor(n, this.width, this.height, this.scale, this.palette);
    this._redrawTies();
  }

  _redrawTies() {
    if (!this.topology || !this.width) return;
    this.pending = drawTies(this, this.shown);
    if (!this.backdrop) {
      this.backdrop = new Uint32Array(this.width * this.height).fill(this._paper());
    }
    this.paths = this.topology.ties <= FLASHING_TIES ? this._paths() : null;
  }

  _paper() {
    return pixelOf(rgb(this.palette.paper));
  }

  _continueTies() {
    const finished = this.pending?.();
    if (!finished) return;
    this.backdrop = finished;
    this.pending = null;
    this.dirty = true;
  }

  /** Pixels along each shown tie, for flashes. */
  _paths() {
    const t = this.topology;
    return Array.from({ length: t.ties }, (_, k) => {
      if (!this.shown.kinds.has(t.kind[k]) || !this.shown.orders.has(t.order[k])) return null;
      return line(this.px[t.i[k]], this.py[t.i[k]], this.px[t.j[k]], this.py[t.j[k]], this.width);
    });
  }

  _compose(flash) {
    this.pixels.set(this.backdrop);
    if (!this.nodes) return;
    if (flash > 0 && this.paths) this._flashTies(flash);
    const { role, n } = this.topology;
    const halos = flash > 0 && n <= HALOS;
    for (let k = 0; k < n; k++) {
      const byte = this.nodes[k];
      if (!this.shown.roles.has(role[k])) continue;
      const state = byte & 128 ? 5 : this.allZero ? 3 : byte & 7;
      const effort = (byte >> 3) & 7;
      if (halos && byte & 64) this._write(this.art.halos[effort], this.at[k], k, Math.round(flash * 130));
      this._write(this.art.sprites[(role[k] * 6 + state) * 8 + effort], this.at[k], k, 255);
    }
  }

  /** Contacts of the week light up: effort of one end times effort of the other, as the model counts a contact. */
  _flashTies(flash) {
    const { i, j, ties } = this.topology;
    const [r, g, b] = rgb(this.palette.flash);
    for (let k = 0; k < ties; k++) {
      const path = this.paths[k];
      if (!path) continue;
      const contact = ((this.nodes[i[k]] >> 3) & 7) * ((this.nodes[j[k]] >> 3) & 7);
      const alpha = Math.round((contact / 49) * flash * 330);
      if (alpha < 12) continue;
      for (let p = 0; p < path.length; p++) blend(this.bytes, path[p] * 4, r, g, b, Math.min(alpha, 255));
    }
  }

  _write(sprite, at, k, strength) {
    const inside = this.px[k] > sprite.reach && this.px[k] < this.width - sprite.reach - 1;
    if (!inside || this.py[k] <= sprite.reach || this.py[k] >= this.height - sprite.reach - 1) return;
    const { hardAt, hard, softAt, soft, alpha } = sprite;
    if (strength === 255) for (let p = 0; p < hard.length; p++) this.pixels[at + hardAt[p]] = hard[p];
    for (let p = 0; p < softAt.length; p++) {
      const a = strength === 255 ? alpha[p] : (alpha[p] * strength) >> 8;
      blend(this.bytes, (at + softAt[p]) * 4, soft[p * 3], soft[p * 3 + 1], soft[p * 3 + 2], a);
    }
  }

  /** A ring around the member that is looked at, and its ties. */
  _mark() {
    if (this.selected < 0 || this.selected >= this.topology.n) return;
    const { context, topology: t, selected: s } = this;
    context.strokeStyle = this.palette.ink;
    context.lineWidth = 1.6 * this.scale;
    context.beginPath();
    for (let k = 0; k < t.ties; k++) {
      if (t.i[k] !== s && t.j[k] !== s) continue;
      context.moveTo(this.px[t.i[k]], this.py[t.i[k]]);
      context.lineTo(this.px[t.j[k]], this.py[t.j[k]]);
    }
    context.stroke();
    this._ringPartners();
    context.lineWidth = 2.6 * this.scale;
    context.beginPath();
    context.arc(this.px[s], this.py[s], 10 * this.scale, 0, 2 * Math.PI);
    context.stroke();
  }

  /** One, two or three rings around each partner of the member that is looked at: the order of their engagement. */
  _ringPartners() {
    const { context, topology: t, selected: s } = this;
    context.lineWidth = this.scale;
    context.beginPath();
    for (let k = 0; k < t.ties; k++) {
      if (t.i[k] !== s && t.j[k] !== s) continue;
      const partner = t.i[k] === s ? t.j[k] : t.i[k];
      for (let ring = 0; ring < t.order[k]; ring++) {
        const radius = (6 + 3 * ring) * this.scale;
        context.moveTo(this.px[partner] + radius, this.py[partner]);
        context.arc(this.px[partner], this.py[partner], radius, 0, 2 * Math.PI);
      }
    }
    context.stroke();
  }
}

function blend(bytes, at, r, g, b, alpha) {
  bytes[at] += ((r - bytes[at]) * alpha) >> 8;
  bytes[at + 1] += ((g - bytes[at + 1]) * alpha) >> 8;
  bytes[at + 2] += ((b - bytes[at + 2]) * alpha) >> 8;
}

/** Indices of the pixels of a line (Bresenham). */
function line(x0, y0, x1, y1, width) {
  const [dx, dy] = [Math.abs(x1 - x0), -Math.abs(y1 - y0)];
  const [sx, sy] = [x0 < x1 ? 1 : -1, y0 < y1 ? 1 : -1];
  const path = [];
  let [x, y, error] = [x0, y0, dx + dy];
  for (;;) {
    path.push(y * width + x);
    if (x === x1 && y === y1) return Int32Array.from(path);
    const twice = 2 * error;
    if (twice >= dy) [error, x] = [error + dy, x + sx];
    if (twice <= dx) [error, y] = [error + dx, y + sy];
  }
}
