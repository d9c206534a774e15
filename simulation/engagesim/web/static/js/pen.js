/** One way to draw charts, on a canvas or as SVG: lines, areas, boxes, words. Lengths are CSS pixels. */

const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** Draws on a canvas at a device pixel ratio. */
export class CanvasPen {
  constructor(context, scale) {
    this.context = context;
    context.setTransform(scale, 0, 0, scale, 0, 0);
  }

  /** Move the origin for what `draw` draws. */
  within(x, y, draw) {
    this.context.save();
    this.context.translate(x, y);
    draw(this);
    this.context.restore();
  }

  /** A line through points [[x, y], ...]; a null lifts the pen. */
  line(points, { stroke, width = 1, dash = [], alpha = 1 }) {
    const c = this.context;
    c.strokeStyle = stroke;
    c.lineWidth = width;
    c.globalAlpha = alpha;
    c.lineJoin = "round";
    c.setLineDash(dash);
    c.beginPath();
    let down = false;
    for (const point of points) {
      if (point && down) c.lineTo(point[0], point[1]);
      else if (point) c.moveTo(point[0], point[1]);
      down = Boolean(point);
    }
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
  }

  /** A filled outline through points. */
  area(points, { fill, alpha = 1 }) {
    if (points.length < 3) return;
    const c = this.context;
    c.fillStyle = fill;
    c.globalAlpha = alpha;
    c.beginPath();
    points.forEach(([x, y], k) => (k ? c.lineTo(x, y) : c.moveTo(x, y)));
    c.closePath();
    c.fill();
    c.globalAlpha = 1;
  }

  /** A filled box. */
  box(x, y, width, height, { fill, alpha = 1 }) {
    this.area([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], { fill, alpha });
  }

  /** A filled circle. */
  dot(x, y, radius, { fill, alpha = 1 }) {
    const c = this.context;
    c.globalAlpha = alpha;
    c.fillStyle = fill;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.fill();
    c.globalAlpha = 1;
  }

  /** Words; anchor start, middle or end; y is the baseline. */
  words(x, y, text, { fill, size = 11, anchor = "start", bold = false }) {
    const c = this.context;
    c.fillStyle = fill;
    c.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
    c.textAlign = anchor === "middle" ? "center" : anchor;
    c.fillText(text, x, y);
  }
}

/** Collects the same strokes as SVG. */
export class SvgPen {
  constructor() {
    this.parts = [];
  }

  /** Move the origin for what `draw` draws. */
  within(x, y, draw) {
    this.parts.push(`<g transform="translate(${round(x)} ${round(y)})">`);
    draw(this);
    this.parts.push("</g>");
  }

  /** See CanvasPen.line. */
  line(points, { stroke, width = 1, dash = [], alpha = 1 }) {
    const path = pathOf(points);
    const dashes = dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : "";
    const look = `stroke="${stroke}" stroke-width="${round(width)}" stroke-opacity="${round(alpha)}"${dashes}`;
    if (path) this.parts.push(`<path d="${path}" fill="none" stroke-linejoin="round" ${look}/>`);
  }

  /** See CanvasPen.area. */
  area(points, { fill, alpha = 1 }) {
    if (points.length < 3) return;
    this.parts.push(`<path d="${pathOf(points)}Z" fill="${fill}" fill-opacity="${round(alpha)}"/>`);
  }

  /** See CanvasPen.box. */
  box(x, y, width, height, { fill, alpha = 1 }) {
    const size = `width="${round(width)}" height="${round(height)}"`;
    this.parts.push(`<rect x="${round(x)}" y="${round(y)}" ${size} fill="${fill}" fill-opacity="${round(alpha)}"/>`);
  }

  /** See CanvasPen.dot. */
  dot(x, y, radius, { fill, alpha = 1 }) {
    const place = `cx="${round(x)}" cy="${round(y)}" r="${round(radius)}"`;
    this.parts.push(`<circle ${place} fill="${fill}" fill-opacity="${round(alpha)}"/>`);
  }

  /** See CanvasPen.words. */
  words(x, y, text, { fill, size = 11, anchor = "start", bold = false }) {
    const look = `font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="600"' : ""}`;
    this.parts.push(`<text x="${round(x)}" y="${round(y)}" fill="${fill}" ${look}>${escaped(text)}</text>`);
  }

  /** The whole picture as an SVG document. */
  document(width, height, title) {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
    return `${head} font-family="${FONT}" role="img"><title>${escaped(title)}</title>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

function pathOf(points) {
  let down = false;
  let path = "";
  for (const point of points) {
    if (point) path += `${down ? "L" : "M"}${round(point[0])} ${round(point[1])}`;
    down = Boolean(point);
  }
  return path;
}

function round(value) {
  return Math.round(value * 100) / 100;
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
