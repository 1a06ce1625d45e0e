// Why a client gets the answer that it gets, step by step, by the very code that answers.

import { get } from "./api.js";
import { fill, h } from "./dom.js";

const TYPES = ["A", "AAAA", "CNAME", "HTTPS", "SRV", "TXT", "SOA", "NS"];

export function show(root, _, query) {
  const name = h("input", { name: "name", required: true, autocomplete: "off", spellcheck: "false", value: query.get("name") ?? "", placeholder: "www.gslb.example.com", list: "names" });
  const names = h("datalist", { id: "names" });
  const type = h("select", { name: "type" }, TYPES.map((each) => h("option", { selected: each === (query.get("type") ?? "A") }, each)));
  const client = h("input", { name: "client", autocomplete: "off", spellcheck: "false", value: query.get("client") ?? "", placeholder: "127.0.0.1, or 192.0.2.0/24 for a subnet" });
  const down = h("select", { name: "down" }, h("option", { value: "" }, "as it is now"));
  const result = h("div", { role: "status" });
  const form = h("form", {
    class: "grid",
    onsubmit: (event) => {
      event.preventDefault();
      const parameters = new URLSearchParams(Object.entries({ name: name.value, type: type.value, client: client.value, down: down.value }).filter(([, value]) => value));
      history.replaceState(null, "", `#/explain?${parameters}`);
      explain(result, parameters);
    },
  },
  h("label", { class: "field" }, "Name", name), h("label", { class: "field" }, "Type", type),
  h("label", { class: "field" }, "Client, or the subnet a resolver names", client), h("label", { class: "field" }, "With a site down", down),
  h("button", { class: "primary", type: "submit" }, "Explain"));
  fill(root, h("h1", {}, "Explain"), h("p", { class: "faint" }, "The answer that a client would get, and why. It spends no turn and counts nothing."), form, names, result);

  get("/api/v1/services?limit=200").then((found) => {
    fill(names, found.services.map((service) => h("option", { value: service.name })));
    if (!name.value && found.services.length > 0) name.value = found.services[0].name;
    if (query.get("name")) form.requestSubmit();
  }, () => {});
  get("/api/v1/sites").then((found) => {
    down.append(...found.sites.filter((site) => site.members > 0).map((site) => h("option", { value: site.name, selected: site.name === query.get("down") }, `${site.name} down`)));
  }, () => {});
}

async function explain(result, parameters) {
  try {
    draw(result, await get(`/api/v1/explain?${parameters}`));
  } catch (problem) {
    fill(result, h("p", { class: "error gap" }, problem.message));
  }
}

function draw(result, told) {
  fill(result,
    h("section", { class: "card", "aria-label": "The answer" },
      h("div", { class: "row between" }, h("h2", {}, `${told.name} ${told.type}`), h("span", { class: "faint" }, `for ${told.client}`)),
      h("div", { class: "answer mono" }, told.answer.length > 0 ? told.answer.map((record) => h("div", {}, record)) : told.rcode),
      h("dl", { class: "facts" },
        fact("Code", told.rcode), fact("TTL", `${told.ttl} s`),
        told.scope !== undefined && fact("Holds for the first", `${told.scope} bits`),
        told.extendedError && fact("Extended error", told.extendedError), fact("Generation", told.generation))),
    h("section", { class: "card", "aria-label": "The decision" }, h("h2", {}, "The decision"),
      h("ol", { class: "steps gap" }, told.steps.map((step) => h("li", { "data-tone": tone(step) },
        h("span", { class: "kind" }, step.step.replaceAll("-", " ")), h("span", {}, step.text),
        step.reason && h("span", { class: "kind" }, step.since ? `since ${step.since}, ${step.reason}` : step.reason), facts(step.facts))))));
}

function fact(title, value) {
  return h("div", {}, h("dt", {}, title), h("dd", {}, String(value)));
}

function tone(step) {
  const fate = `${step.facts?.fate ?? ""}`.toLowerCase();
  if (fate === "") return "";
  return /taken|chosen|used/.test(fate) ? "up" : "down";
}

function facts(its) {
  if (!its || Object.keys(its).length === 0) return null;
  return h("details", {}, h("summary", {}, "facts"), h("pre", { class: "mono" }, JSON.stringify(its, null, 2)));
}
