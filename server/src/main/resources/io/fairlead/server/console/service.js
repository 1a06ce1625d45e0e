// One service: its pools and members, why each is as it is, and what an operator can say about it.

import { change, events, get, listen } from "./api.js";
import { ask } from "./dialog.js";
import { ago, bar, clock, colours, count, fill, h, percent, state, tone } from "./dom.js";

const REFRESH = 2000;
const RECENT = 8;

export function show(root, name) {
  const body = h("div");
  const recent = h("section", { class: "card", "aria-label": "Recent events" });
  fill(root, h("p", { class: "small" }, h("a", { href: "#/services" }, "Services")), body, recent);
  let timer = 0;
  let gone = false;

  async function load() {
    clearTimeout(timer);
    try {
      const service = await get(`/api/v1/services/${encodeURIComponent(name)}`);
      if (gone) return;
      if (!root.contains(document.activeElement?.closest?.(".actions"))) draw(service);
    } catch (problem) {
      if (!gone && !(problem instanceof TypeError)) fill(body, h("h1", {}, name), h("p", { class: "error" }, problem.message));
    }
    if (!gone) timer = setTimeout(load, REFRESH);
  }

  function draw(service) {
    const colour = colours(service.pools.flatMap((pool) => pool.members).map((member) => member.site));
    fill(body,
      h("div", { class: "row between" }, h("h1", {}, service.name), state(service.state)),
      h("dl", { class: "facts" },
        fact("TTL", `${service.ttl} s`),
        fact("Records in an answer", service.answers === 0 ? "all" : service.answers),
        fact("When all are down", service.downResponse),
        fact("Answers/s", service.perSecond.toFixed(1)),
        fact("Handed out since the start", count(service.handedOut)),
        service.aliases.length > 0 && fact("Aliases", service.aliases.join(", "))),
      h("div", { class: "row gap" },
        h("a", { class: "button", href: `#/explain?name=${encodeURIComponent(service.name)}` }, "Explain an answer"),
        h("a", { class: "button", href: `#/map?service=${encodeURIComponent(service.name)}` }, "Where clients go")),
      service.pools.map((each) => pool(service, each, colour, load)));
    happened();
  }

  function happened() {
    const its = events().filter((event) => event.facts?.service === name || event.text.includes(name)).slice(0, RECENT);
    fill(recent, h("h2", {}, "Recent events"),
      its.length === 0 ? h("p", { class: "faint" }, "Nothing has happened since the server started.")
        : h("ul", { class: "events" }, its.map((event) => h("li", {},
          h("time", { datetime: event.at }, clock(event.at)), h("span", { class: "faint" }, event.kind), h("p", {}, event.text)))));
  }

  const unlisten = listen((event) => { if (event === null || event.text.includes(name) || event.kind === "override") load(); });
  load();
  return () => { gone = true; unlisten(); clearTimeout(timer); };
}

function fact(title, value) {
  return h("div", {}, h("dt", {}, title), h("dd", {}, String(value)));
}

function pool(service, its, colour, load) {
  const weights = its.members.filter((member) => member.eligible).reduce((sum, member) => sum + member.weight, 0);
  return h("section", { class: "card", "aria-label": `Pool ${its.name}` },
    h("div", { class: "row between" },
      h("h2", {}, its.name),
      h("span", { class: "faint" }, `${its.algorithm}, priority ${its.priority}${its.enabled ? "" : ", disabled"}`)),
    h("div", { class: "scroll" }, h("table", { class: "fold" },
      h("thead", {}, h("tr", {}, ["Member", "State", "Share", "Checks", "Say"].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, its.members.map((member) => h("tr", {},
        h("td", {}, h("span", { class: "mono" }, member.address), h("br"),
          h("span", { class: "small faint" }, h("i", { class: "swatch", style: { background: colour.get(member.site) } }), member.site,
            member.origin === "file" ? "" : ` · ${member.origin}`)),
        h("td", {}, state(member.state), h("p", { class: "small faint standing" }, member.standing)),
        h("td", {}, share(member, weights, colour.get(member.site))),
        h("td", {}, member.checks.length === 0 ? h("span", { class: "faint small" }, "not probed, taken as up") : member.checks.map(check)),
        h("td", {}, actions(service, member, load))))))));
}

function share(member, weights, colour) {
  const weight = member.eligible && weights > 0 ? member.weight / weights : 0;
  const line = (title, value) => [title,
    bar([{ value, colour }, { value: 1 - value, colour: "transparent" }]), h("b", {}, percent(value))];
  return h("div", { class: "pair" },
    line("last min", member.shareLately), line("all time", member.share), line(`weight ${member.weight}`, weight));
}

function check(its) {
  return h("div", {},
    h("div", { class: "row" }, spark(its.probes ?? []),
      h("span", { class: "state", "data-tone": its.verdict === "up" ? "up" : tone(its.verdict) }, its.verdict)),
    h("p", { class: "small faint" }, its.of === "site" ? "its site: " : "", its.reason, its.since ? ` · for ${ago(its.since)}` : ""),
    its.warning && h("p", { class: "small warn" }, its.warning));
}

const WIDTH = 96;
const HEIGHT = 22;

/** Latency of the last probes; a failed one is a cross at the foot. */
function spark(probes) {
  if (probes.length === 0) return null;
  const most = Math.max(1, ...probes.map((probe) => probe.millis));
  const step = WIDTH / Math.max(1, probes.length - 1);
  const x = (index) => (index * step).toFixed(1);
  const y = (probe) => (HEIGHT - 2 - (probe.millis / most) * (HEIGHT - 6)).toFixed(1);
  const passed = probes.map((probe, index) => [probe, index]).filter(([probe]) => probe.passed);
  const newest = probes.at(-1);
  const text = `latency of the last ${probes.length} probes, now ${newest.passed ? `${newest.millis} ms` : "failed"}, at most ${most} ms`;
  return h("svg", { class: "spark", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": text },
    h("title", {}, text),
    h("polyline", { points: passed.map(([probe, index]) => `${x(index)},${y(probe)}`).join(" "), fill: "none", stroke: "var(--accent)", "stroke-width": 1.6, "stroke-linejoin": "round" }),
    probes.map((probe, index) => !probe.passed && h("path", {
      d: `M${x(index) - 2.5} ${HEIGHT - 5}l5 5m0-5l-5 5`, stroke: "var(--down)", "stroke-width": 1.6,
    })));
}

function actions(service, member, load) {
  const path = `/api/v1/overrides/members/${encodeURIComponent(service.name)}/${encodeURIComponent(member.address)}`;
  const say = (title, text, confirm, act) => async () => {
    const done = await ask({
      title: `${title} ${member.address}`, text, confirm,
      field: { label: "Reason, for those who come after you", hint: "maintenance of the load balancer" },
      act,
    });
    if (done) load();
  };
  const put = (word) => (reason) => change("PUT", path, reason ? { state: word, reason } : { state: word });
  const buttons = [];
  if (member.override?.subject.startsWith("member ")) {
    buttons.push(h("button", { type: "button", onclick: say("Resume", "The override is taken back; verdicts decide again.", "Resume", () => change("DELETE", path)) }, "Resume"));
  } else {
    buttons.push(
      h("button", { type: "button", onclick: say("Drain", "No new answers; the page says when caches have forgotten the old ones.", "Drain", put("drain")) }, "Drain"),
      h("button", { type: "button", onclick: say("Disable", "No new answers, at once, until it is resumed.", "Disable", put("disable")) }, "Disable"));
  }
  if (member.hold) {
    buttons.push(h("button", {
      type: "button",
      onclick: async () => { await change("POST", `/api/v1/services/${encodeURIComponent(service.name)}/members/${encodeURIComponent(member.address)}/resume`); load(); },
    }, "Let it back"));
  }
  return h("div", { class: "actions" }, buttons);
}
