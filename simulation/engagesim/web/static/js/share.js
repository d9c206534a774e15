/** A link that holds everything: designs, levers, schedule, seed, week, what is shown. It lives in the fragment only. */

const VERSION = "1";

/** Text of the fragment for what is on the page. */
export function toFragment(view) {
  const parts = new URLSearchParams({ v: VERSION, seed: String(view.request.seed), week: String(view.week) });
  for (const d of ["a", "b"]) {
    const design = view.request[d];
    if (!design) continue;
    parts.set(d, design.scenario);
    if (Object.keys(design.set ?? {}).length) parts.set(`set_${d}`, JSON.stringify(design.set));
    if (design.schedule?.length) parts.set(`plan_${d}`, JSON.stringify(design.schedule));
  }
  if (view.request.weeks) parts.set("weeks", String(view.request.weeks));
  parts.set("show", view.shown.join(","));
  parts.set("speed", String(view.speed));
  if (view.lesson) parts.set("lesson", view.lesson);
  if (view.step) parts.set("step", String(view.step));
  if (view.member >= 0) parts.set("member", String(view.member));
  return parts.toString();
}

/** What a fragment says, or null if it says nothing; broken parts are left out and named in `broken`. */
export function fromFragment(text) {
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  if (!parts.get("a") && !parts.get("lesson")) return null;
  const broken = [];
  const request = { a: designOf(parts, "a", broken), b: designOf(parts, "b", broken), seed: whole(parts, "seed", 1, broken) };
  const weeks = whole(parts, "weeks", 0, broken);
  if (weeks) request.weeks = weeks;
  return {
    request, broken, week: whole(parts, "week", 0, broken), speed: whole(parts, "speed", 8, broken),
    shown: parts.get("show")?.split(",").slice(0, 2) ?? null, lesson: parts.get("lesson"),
    step: whole(parts, "step", 0, broken), member: whole(parts, "member", -1, broken),
  };
}

function designOf(parts, d, broken) {
  if (!parts.get(d)) return null;
  return { scenario: parts.get(d), set: json(parts, `set_${d}`, {}, broken), schedule: json(parts, `plan_${d}`, [], broken) };
}

function json(parts, name, otherwise, broken) {
  if (!parts.get(name)) return otherwise;
  try {
    return JSON.parse(parts.get(name));
  } catch {
    broken.push(name);
    return otherwise;
  }
}

function whole(parts, name, otherwise, broken) {
  const text = parts.get(name);
  if (text === null) return otherwise;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  broken.push(name);
  return otherwise;
}
