/** Small pictures of one member, ready to be written into ImageData: shape says the role, fill the state, size the effort. */
import { rgb, pixelOf, STATES, OUTSIDE, PASSIVE, CORE, LEFT } from "./palette.js";

const SAMPLES = 4;
const FILL = [0.0, 0.3, 0.6, 1.0, 1.0, 0.0];
const EFFORTS = 8;
const ROOM_FOR_RING = 2.6;

/** Whether a point is inside the shape of a role with radius 1: circle, square, triangle. */
function inside(role, x, y) {
  if (role === 0) return x * x + y * y <= 1;
  if (role === 1) return Math.max(Math.abs(x), Math.abs(y)) <= 0.89;
  return y <= 0.8 && y >= -1.2 + Math.abs(x) * 1.75;
}

function insideCross(x, y) {
  return Math.min(Math.abs(x - y), Math.abs(x + y)) < 0.34 && Math.max(Math.abs(x), Math.abs(y)) < 0.8;
}

/** Share 0..1 of the pixel at (px, py) that `test` covers, for a shape of the given radius. */
function coverage(test, px, py, radius) {
  let hits = 0;
  for (let a = 0; a < SAMPLES; a++) {
    for (let b = 0; b < SAMPLES; b++) {
      const x = px + (a + 0.5) / SAMPLES - 0.5;
      const y = py + (b + 0.5) / SAMPLES - 0.5;
      if (test(x / radius, y / radius)) hits += 1;
    }
  }
  return hits / (SAMPLES * SAMPLES);
}

/** Pixels [dx, dy, r, g, b, alpha] of one member: its fill, and an outline where there is room for one. */
function pixelsOf(role, state, radius, palette) {
  const colour = rgb(palette.roles[role]);
  const ringed = state === CORE && radius >= ROOM_FOR_RING;
  const edge = ringed ? rgb(palette.ink) : colour;
  const rim = Math.max(0.9, radius * (ringed ? 0.34 : 0.22));
  const inner = radius - rim;
  const shape = state === LEFT ? insideCross : (x, y) => inside(role, x, y);
  const reach = Math.ceil(radius * 1.25) + 1;
  const found = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const whole = coverage(shape, dx, dy, radius);
      if (whole === 0) continue;
      if (state === LEFT) {
        found.push([dx, dy, ...rgb(palette.faint), whole * 0.7]);
        continue;
      }
      const core = inner > 0.5 ? coverage(shape, dx, dy, inner) : 0;
      const fill = inner > 0.5 ? FILL[state] : Math.max(FILL[state], 0.25);
      const line = (whole - core) * (state === OUTSIDE ? 0.65 : 1);
      const alpha = line + core * fill;
      if (alpha <= 0) continue;
      const mixed = [0, 1, 2].map((c) => (edge[c] * line + colour[c] * core * fill) / alpha);
      found.push([dx, dy, ...mixed, Math.min(1, inner > 0.5 ? alpha : whole * fill)]);
    }
  }
  return found;
}

/** A sprite as flat arrays: opaque pixels first, which need no blending, then soft ones. */
function flat(pixels, width) {
  const hard = pixels.filter((p) => p[5] >= 0.97);
  const soft = pixels.filter((p) => p[5] < 0.97 && p[5] > 0.02);
  return {
    hardAt: Int32Array.from(hard, (p) => p[1] * width + p[0]),
    hard: Uint32Array.from(hard, (p) => pixelOf(p.slice(2, 5).map(Math.round))),
    softAt: Int32Array.from(soft, (p) => p[1] * width + p[0]),
    soft: Uint8Array.from(soft.flatMap((p) => p.slice(2, 5))),
    alpha: Uint8Array.from(soft, (p) => Math.round(p[5] * 255)),
    reach: Math.max(1, ...pixels.map((p) => Math.max(Math.abs(p[0]), Math.abs(p[1])))),
  };
}

/** A ring around a member that just had contact. */
function halo(radius, palette, width) {
  const outer = radius + Math.max(1.2, radius * 0.45);
  const reach = Math.ceil(outer) + 1;
  const pixels = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const ring = coverage((x, y) => x * x + y * y <= 1, dx, dy, outer);
      const hole = coverage((x, y) => x * x + y * y <= 1, dx, dy, radius * 0.95);
      if (ring - hole > 0.05) pixels.push([dx, dy, ...rgb(palette.flash), (ring - hole) * 0.9]);
    }
  }
  return flat(pixels, width);
}

/** Radius in pixels of a member with effort level 0..7 in a picture of n members on `area` pixels. */
export function radiusOf(n, area, scale, effort) {
  const base = Math.min(6.2 * scale, Math.max(1.15 * scale, 0.2 * Math.sqrt(area / Math.max(1, n))));
  return base * (0.62 + 0.38 * (effort / 4));
}

/** All sprites for a picture: index `(role * 6 + state) * 8 + effort`, and halos by effort. */
export function spritesFor(n, width, height, scale, palette) {
  const sprites = [];
  const halos = [];
  for (let role = 0; role < 3; role++) {
    for (let state = 0; state < STATES.length; state++) {
      for (let effort = 0; effort < EFFORTS; effort++) {
        const shown = state <= PASSIVE ? Math.min(effort, 3) : effort;
        sprites.push(flat(pixelsOf(role, state, radiusOf(n, width * height, scale, shown), palette), width));
      }
    }
  }
  for (let effort = 0; effort < EFFORTS; effort++) {
    halos.push(halo(radiusOf(n, width * height, scale, effort), palette, width));
  }
  return { sprites, halos };
}
