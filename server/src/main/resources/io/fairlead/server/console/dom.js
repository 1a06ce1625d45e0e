// The few words that views are written in.

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "g", "path", "circle", "polyline", "line", "rect", "title", "text"]);

/** An element with attributes, listeners ("onclick") and children; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name === "style") {
      // By the object model: our own policy allows no style in markup.
      for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value != null) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
}

const TONES = {
  up: "up", "assumed-up": "up", degraded: "warn", held: "warn", waiting: "warn", draining: "warn",
  unknown: "warn", drained: "off", disabled: "off",
};

/** How a state is coloured; it always has its word too, and a shape of its own. */
export function tone(state) {
  return TONES[state] ?? "down";
}

const SHAPES = {
  up: ["circle", { cx: 6, cy: 6, r: 4.5, fill: "currentColor" }],
  warn: ["path", { d: "M6 1 11.4 10.6H.6Z", fill: "currentColor" }],
  down: ["rect", { x: 1.5, y: 1.5, width: 9, height: 9, fill: "currentColor" }],
  off: ["circle", { cx: 6, cy: 6, r: 4, fill: "none", stroke: "currentColor", "stroke-width": 1.8 }],
};

export function state(word) {
  const shade = tone(word);
  const [tag, shape] = SHAPES[shade];
  return h("span", { class: "state", "data-tone": shade },
    h("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" }, h(tag, shape)), word);
}

export function percent(share) {
  const value = 100 * share;
  return `${value === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} %`;
}

export function count(number) {
  return number.toLocaleString("en");
}

export function plural(number, word) {
  return `${count(number)} ${word}${number === 1 ? "" : "s"}`;
}

export function clock(instant) {
  return new Date(instant).toLocaleTimeString("en-GB");
}

/** How long ago, in one word. */
export function ago(instant) {
  const seconds = Math.max(0, (Date.now() - new Date(instant)) / 1000);
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}

/** A colour for each site, the same in all views: by its place among all sites. */
export function colours(sites) {
  const names = [...new Set(sites)].sort();
  return new Map(names.map((name, index) => [name, `var(--s${index % 8})`]));
}

/** Parts of a whole, side by side. */
export function bar(parts, kind = "") {
  const sum = parts.reduce((all, part) => all + part.value, 0);
  return h("div", { class: `bar ${kind} ${sum === 0 ? "hatch" : ""}`, "aria-hidden": "true" },
    parts.filter((part) => part.value > 0).map((part) =>
      h("i", { style: { width: `${(100 * part.value) / sum}%`, background: part.colour } })));
}
