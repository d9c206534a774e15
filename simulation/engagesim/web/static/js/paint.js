/** Charts on canvases. */
import { CanvasPen } from "./pen.js";

/** Draw on a canvas that fills its parent. */
export function paint(canvas, draw, palette) {
  const { clientWidth: width, clientHeight: height } = canvas.parentElement;
  if (width < 20 || height < 20) return;
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, w, h);
  draw(new CanvasPen(context, scale), { width, height });
}
