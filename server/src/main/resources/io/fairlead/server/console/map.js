// Where sites are and where each country's clients go; and, before one does it, where they would go without a site.

import { get, listen } from "./api.js";
import { bar, colours, fill, h, percent, plural } from "./dom.js";

let world = null;

export function show(root, _, query) {
  const seen = { service: query.get("service") ?? "", down: new Set(query.getAll("down")) };
  const service = h("input", { list: "services", autocomplete: "off", spellcheck: "false", value: seen.service, onchange: () => { seen.service = service.value.trim(); load(); } });
  const services = h("datalist", { id: "services" });
  const whatif = h("div", { role: "status" });
  const picture = h("div", { class: "mapbox" }, h("p", { class: "faint waiting" }, "Asking for clients of every country …"));
  const below = h("div", { class: "split" });
  const error = h("p", { class: "error", role: "alert" });
  fill(root, h("h1", {}, "Where clients go"),
    h("p", { class: "faint" }, "Each country has the colour of the site that most of its clients are sent to. Choose a site to see what would happen without it; nothing is changed."),
    h("div", { class: "row" }, h("label", { class: "field" }, "Service", service), services), error, whatif, picture, below);
  let gone = false;
  let timer = 0;

  async function begin() {
    world ??= await (await fetch("/console/world.json")).json();
    const found = await get("/api/v1/services?limit=200");
    fill(services, found.services.map((each) => h("option", { value: each.name })));
    if (!seen.service && found.services.length > 0) {
      seen.service = found.services[0].name;
      service.value = seen.service;
    }
    await load();
  }

  async function load() {
    clearTimeout(timer);
    if (gone) return;
    if (!seen.service) {
      fill(error, "No service is configured.");
      return;
    }
    const ask = (down) => get(`/api/v1/where?${new URLSearchParams([["service", seen.service], ...down.map((site) => ["down", site])])}`);
    try {
      const [{ sites }, now, then] = await Promise.all([
        get("/api/v1/sites"), ask([]), seen.down.size > 0 ? ask([...seen.down]) : null]);
      if (gone) return;
      fill(error);
      draw(sites, now, then);
    } catch (problem) {
      if (!gone) fill(error, problem.message);
    }
    if (!gone) timer = setTimeout(load, 10000);
  }

  function toggle(site) {
    seen.down.has(site) ? seen.down.delete(site) : seen.down.add(site);
    load().then(() => picture.querySelector(`[data-site="${CSS.escape(site)}"]`)?.focus());
  }

  function draw(sites, now, then) {
    const colour = colours(sites.map((site) => site.name));
    const there = then ?? now;
    fill(whatif, then && h("div", { class: "whatif row between" },
      h("span", {}, `What if ${[...seen.down].join(" and ")} ${seen.down.size > 1 ? "were" : "was"} down: `, h("b", {}, moved(now, then)), ". Nothing is changed."),
      h("button", { type: "button", onclick: () => { seen.down.clear(); load(); } }, "Back to now")));
    fill(picture, map(sites, there, colour, seen.down, toggle));
    fill(below, siteList(sites, now, then, colour, seen.down, toggle), countryList(now, then, colour));
  }

  const unlisten = listen(() => { clearTimeout(timer); timer = setTimeout(load, 200); });
  begin().catch((problem) => fill(error, problem.message));
  return () => { gone = true; unlisten(); clearTimeout(timer); };
}

/** The share of all clients that would get another site: half of the sum of all differences. */
function moved(now, then) {
  const sites = new Set([...Object.keys(now.everyone), ...Object.keys(then.everyone)]);
  let difference = 0;
  for (const site of sites) difference += Math.abs((now.everyone[site] ?? 0) - (then.everyone[site] ?? 0));
  if (Object.keys(then.everyone).length === 0) return "no site would be left, the down response would be given";
  return `${percent(difference / 2)} of all addresses would move`;
}

function most(shares) {
  return Object.entries(shares).sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Natural Earth, as world.json was projected. */
function project(world, { latitude, longitude }) {
  const scale = 182;
  const phi = (latitude * Math.PI) / 180;
  const lambda = (longitude * Math.PI) / 180;
  const p2 = phi * phi;
  const p4 = p2 * p2;
  const x = lambda * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
  const y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
  return [world.width / 2 + scale * x, world.height / 2 - scale * y];
}

function map(sites, there, colour, down, toggle) {
  return h("svg", { class: "world", viewBox: `0 -12 ${world.width} ${world.height - 48}`, role: "group", "aria-label": "World map; the table below says the same in words" },
    h("g", { "aria-hidden": "true" }, world.countries.map((country) => {
      const shares = there.countries[country.code] ?? {};
      const site = most(shares);
      return h("path", { class: "land", d: country.path, "data-country": country.code, style: site ? { fill: colour.get(site) } : {} },
        h("title", {}, `${country.name}${site ? `: ${words(shares)}` : ""}`));
    })),
    sites.filter((site) => site.location).map((site) => {
      const [x, y] = project(world, site.location);
      const failed = down.has(site.name);
      const well = site.eligible > 0 && !failed;
      return h("g", {
        class: "site", tabindex: 0, role: "button", "data-site": site.name, "aria-pressed": String(failed), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
        "aria-label": `${site.name}, ${site.eligible} of ${site.members} members eligible. ${failed ? "Taken as down" : "Press to take it as down"}`,
        onclick: () => toggle(site.name),
        onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(site.name); } },
      },
      h("circle", { class: "halo", r: 15, fill: colour.get(site.name), opacity: 0.22 }),
      h("circle", { class: "dot", r: 7, fill: well ? colour.get(site.name) : "var(--card)", style: well ? {} : { stroke: "var(--down)" } }),
      !well && h("path", { d: "M-3.5-3.5l7 7m0-7l-7 7", stroke: "var(--down)", "stroke-width": 2 }),
      h("text", { x: 19, y: 5 }, site.name));
    }));
}

function words(shares) {
  return Object.entries(shares).sort((a, b) => b[1] - a[1]).map(([site, share]) => `${site} ${percent(share)}`).join(", ") || "the down response";
}

function siteList(sites, now, then, colour, down, toggle) {
  return h("section", { class: "card", "aria-label": "Sites" }, h("h2", {}, "Sites"),
    h("div", { class: "scroll gap" }, h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Site"), h("th", { scope: "col" }, "Eligible"), h("th", { scope: "col", class: "number" }, "All addresses"),
        then && h("th", { scope: "col", class: "number" }, "What if"), h("th", { scope: "col" }, h("span", { class: "faint" }, "Take as down")))),
      h("tbody", {}, sites.map((site) => h("tr", {},
        h("td", {}, h("i", { class: "swatch", style: { background: colour.get(site.name) } }), site.name),
        h("td", {}, `${site.eligible} of ${site.members}`),
        h("td", { class: "number" }, percent(now.everyone[site.name] ?? 0)),
        then && h("td", { class: "number" }, h("b", {}, percent(then.everyone[site.name] ?? 0))),
        h("td", {}, h("button", { type: "button", "aria-pressed": String(down.has(site.name)), "aria-label": `Take ${site.name} as down`, onclick: () => toggle(site.name) }, down.has(site.name) ? "Undo" : "What if")))))))); 
}

function nameOf(names, code) {
  try {
    return names.of(code);
  } catch {
    return code; // two letters of somebody's own
  }
}

function countryList(now, then, colour) {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
  const codes = Object.keys(now.countries);
  const list = codes.map((code) => [nameOf(names, code), now.countries[code], then?.countries[code]]).sort((a, b) => a[0].localeCompare(b[0]));
  const parts = (shares) => Object.entries(shares).map(([site, value]) => ({ value, colour: colour.get(site) }));
  return h("section", { class: "card", "aria-label": "Countries" }, h("h2", {}, "Countries"),
    list.length === 0
      ? h("p", { class: "faint gap" }, "No service asks where clients are, so all of them are treated alike; geo, topology and a database of places make this differ.")
      : h("div", { class: "scroll tall gap", tabindex: 0, role: "region", "aria-label": "Countries and their sites" }, h("table", {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, plural(list.length, "place")), h("th", { scope: "col" }, "Now"), then && h("th", { scope: "col" }, "What if"))),
        h("tbody", {}, list.map(([name, before, after]) => h("tr", {},
          h("td", {}, name), h("td", {}, bar(parts(before)), h("span", { class: "small faint" }, words(before))),
          then && h("td", {}, bar(parts(after ?? {})), h("span", { class: "small" }, words(after ?? {})))))))));
}
