// All services: found, filtered and paged by the server, so that ten thousand are as quick as ten.

import { get, listen } from "./api.js";
import { bar, colours, count, fill, h, percent, plural, state } from "./dom.js";

const PAGE = 50;
const REFRESH = 5000;
const STATES = ["down", "degraded", "up", "disabled"];

export function show(root, _, query) {
  const seen = { search: query.get("search") ?? "", state: query.get("state") ?? "", offset: 0 };
  const search = h("input", {
    type: "search", placeholder: "Name, address, site, pool, cluster …", "aria-label": "Search services",
    value: seen.search, oninput: () => { seen.search = search.value; seen.offset = 0; later(load, 150); },
  });
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Filter by state" });
  const heading = h("p", { class: "faint", role: "status" });
  const table = h("div", { class: "scroll gap" });
  const pages = h("div", { class: "pages" });
  fill(root, h("h1", {}, "Services"), heading,
    h("div", { class: "row between gap" }, search, chips), table, pages);

  let timer = 0;
  let controller = new AbortController();
  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };

  async function load() {
    controller.abort();
    controller = new AbortController();
    const parameters = new URLSearchParams({ offset: seen.offset, limit: PAGE });
    if (seen.search) parameters.set("search", seen.search);
    if (seen.state) parameters.set("state", seen.state);
    try {
      draw(await get(`/api/v1/services?${parameters}`, controller.signal));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      if (!(problem instanceof TypeError)) fill(heading, h("span", { class: "error" }, problem.message));
    }
    later(load, REFRESH);
  }

  function draw(found) {
    const sum = STATES.reduce((all, word) => all + found.states[word], 0);
    fill(heading, `${plural(found.total, "service")}, generation ${count(found.generation)}`);
    fill(chips, ["", ...STATES].map((word) => h("button", {
      type: "button", "aria-pressed": String(seen.state === word),
      onclick: () => { seen.state = word; seen.offset = 0; load(); },
    }, `${word === "" ? "all" : word} ${count(word === "" ? sum : found.states[word])}`)));
    fill(table, found.services.length === 0
      ? h("p", { class: "faint" }, found.total === 0 ? "No service is configured." : "Nothing matches.")
      : h("table", { class: "fold" },
        h("thead", {}, h("tr", {}, ["Service", "State", "Members", "Handed out, and by weight"].map((title) => h("th", { scope: "col" }, title)),
          h("th", { scope: "col", class: "number" }, "Answers/s"))),
        h("tbody", {}, found.services.map(row))));
    const end = Math.min(found.matching, found.offset + found.services.length);
    fill(pages,
      h("span", {}, found.matching === 0 ? "" : `${count(found.offset + 1)} to ${count(end)} of ${count(found.matching)}`),
      found.matching > PAGE && h("span", { class: "row" },
        h("button", { type: "button", disabled: found.offset === 0, onclick: () => turn(-1) }, "Previous"),
        h("button", { type: "button", disabled: end >= found.matching, onclick: () => turn(1) }, "Next")));
  }

  function turn(pagesOn) {
    seen.offset = Math.max(0, seen.offset + pagesOn * PAGE);
    load();
  }

  const unlisten = listen((event) => { if (event === null || event.kind !== "cluster") later(load, 100); });
  load();
  return () => { unlisten(); clearTimeout(timer); controller.abort(); };
}

function row(service) {
  const members = service.pools.flatMap((pool) => pool.members);
  const eligible = members.filter((member) => member.eligible).length;
  return h("tr", {},
    h("td", { class: "name" }, h("a", { href: `#/service/${encodeURIComponent(service.name)}` }, service.name)),
    h("td", {}, state(service.state)),
    h("td", {}, `${eligible} of ${members.length} `, h("span", { class: "faint" }, "eligible")),
    h("td", {}, shares(members)),
    h("td", { class: "number" }, service.perSecond.toFixed(service.perSecond < 10 ? 1 : 0)));
}

/** What was handed out of late (or ever, where that is nothing), above what the weights of eligible members say. */
function shares(members) {
  const colour = colours(members.map((member) => member.site));
  const ever = members.some((member) => member.handedOut > 0);
  const lately = members.some((member) => member.shareLately > 0);
  const share = (member) => (lately ? member.shareLately : member.share);
  const text = ever ? members.map((member) => `${member.site} ${percent(share(member))}`).join(", ") : "no answer yet";
  return h("div", { class: "shares", title: `${lately ? "last minute" : "since the start"}: ${text}` },
    bar(members.map((member) => ({ value: share(member), colour: colour.get(member.site) }))),
    bar(members.map((member) => ({ value: member.eligible ? member.weight : 0, colour: colour.get(member.site) })), "thin"),
    h("span", { class: "small faint" }, text));
}
