// What happens, as it happens, and when caches have forgotten what was before.

import { events, listen } from "./api.js";
import { clock, fill, h } from "./dom.js";

const KINDS = ["verdict", "member", "override", "guard", "reload", "cluster"];
const SHOWN = 200;
const TONES = { info: "up", warning: "warn", error: "down" };
const PURGE = [
  ["Google", "https://dns.google/cache"],
  ["Cloudflare", "https://one.one.one.one/purge-cache/"],
  ["OpenDNS", "https://cachecheck.opendns.com/"],
];

export function show(root) {
  const off = new Set();
  let words = "";
  let paused = false;
  const list = h("ul", { class: "events", "aria-live": "polite", "aria-label": "Events, the newest first" });
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Kinds of events" }, KINDS.map((kind) => {
    const chip = h("button", {
      type: "button", "aria-pressed": "true",
      onclick: () => {
        off.has(kind) ? off.delete(kind) : off.add(kind);
        chip.setAttribute("aria-pressed", String(!off.has(kind)));
        draw();
      },
    }, kind);
    return chip;
  }));
  const search = h("input", {
    type: "search", placeholder: "Words …", "aria-label": "Search events",
    oninput: () => { words = search.value.toLowerCase(); draw(); },
  });
  const pause = h("button", {
    type: "button", "aria-pressed": "false",
    onclick: () => { paused = !paused; pause.setAttribute("aria-pressed", String(paused)); fill(pause, paused ? "Go on" : "Pause"); draw(); },
  }, "Pause");
  fill(root, h("h1", {}, "Events"),
    h("p", { class: "faint" }, "Resolvers that honour the TTL have forgotten the answers from before at the cache horizon. Public ones can be told sooner: ",
      PURGE.map(([title, url], index) => [index > 0 && ", ", h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, title)]), "."),
    h("div", { class: "row between gap" }, search, chips, pause), list);

  let drawn = 0;
  function draw() {
    if (paused) return;
    const shown = events().filter((event) => !off.has(event.kind) && event.text.toLowerCase().includes(words)).slice(0, SHOWN);
    fill(list, shown.length === 0 ? h("li", {}, h("p", { class: "faint" }, "Nothing yet."))
      : shown.map((event) => h("li", { class: event.number > drawn && drawn > 0 ? "fresh" : "" },
        h("time", { datetime: event.at }, clock(event.at)),
        h("span", { class: "state", "data-tone": TONES[event.weight] }, event.kind),
        h("p", {}, event.text, event.cacheHorizon && h("span", { class: "faint small" }, ` · ${horizon(event.cacheHorizon)}`)))));
    drawn = Math.max(drawn, events()[0]?.number ?? 0);
  }

  let waiting = 0;
  const unlisten = listen(() => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(draw); });
  const timer = setInterval(draw, 5000);
  draw();
  return () => { unlisten(); clearInterval(timer); };
}

function horizon(instant) {
  const seconds = Math.round((new Date(instant) - Date.now()) / 1000);
  return seconds > 0 ? `caches forget by ${clock(instant)}, in ${seconds} s` : `caches have forgotten since ${clock(instant)}`;
}
