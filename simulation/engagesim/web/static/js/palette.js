/** Colours of pictures: Okabe and Ito's, which colour-blind people tell apart, on light and on dark paper. */

export const ROLES = ["employee", "customer", "partner"];
export const KINDS = ["reporting", "team", "lateral", "account", "community", "place"];
export const STATES = ["outside", "passive lurker", "active lurker", "contributor", "core", "left"];
export const OUTSIDE = 0;
export const PASSIVE = 1;
export const CORE = 4;
export const LEFT = 5;

const LIGHT = {
  name: "light",
  paper: "#ffffff",
  ink: "#1c2430",
  faint: "#5d6675",
  grid: "#e3e7ec",
  a: "#1c2430",
  b: "#c24e00",
  shade: "#c24e00",
  roles: ["#0072b2", "#e69f00", "#009e73"],
  kinds: ["#3d4653", "#a4acb8", "#cc79a7", "#56b4e9", "#d98f00", "#009e73"],
  states: ["#e9ecf0", "#c3d8ec", "#8fbfe0", "#3d87bd", "#08406f", "#ffffff"],
  flows: ["#3d87bd", "#8fbfe0", "#e69f00", "#8d96a3", "#009e73"],
  flash: "#ffcf33",
};

const DARK = {
  name: "dark",
  paper: "#161b22",
  ink: "#eef1f5",
  faint: "#a3adba",
  grid: "#2b323c",
  a: "#eef1f5",
  b: "#ff9145",
  shade: "#ff9145",
  roles: ["#56b4e9", "#f0b429", "#2fc297"],
  kinds: ["#c9d0da", "#69727f", "#e39ac3", "#56b4e9", "#e6b04a", "#2fc297"],
  states: ["#2b323c", "#24496b", "#3a76ad", "#7db4e3", "#dcecfb", "#161b22"],
  flows: ["#7db4e3", "#3a76ad", "#f0b429", "#7b8592", "#2fc297"],
  flash: "#ffe27a",
};

/** The palette for a dark or a light page. */
export function paletteFor(dark) {
  return dark ? DARK : LIGHT;
}

/** Red, green and blue of "#rrggbb", each 0..255. */
export function rgb(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** One opaque pixel as ImageData stores it, read as a little-endian number. */
export function pixelOf([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
