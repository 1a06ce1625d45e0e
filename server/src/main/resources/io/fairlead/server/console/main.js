// The page: which view is shown, whether we are connected, light or dark.

import { get, isConnected, listen, onTokenNeeded, stream } from "./api.js";
import { askForToken } from "./dialog.js";
import { fill, h } from "./dom.js";

const VIEWS = {
  services: () => import("./services.js"),
  service: () => import("./service.js"),
  map: () => import("./map.js"),
  explain: () => import("./explain.js"),
  events: () => import("./events.js"),
};

const main = document.getElementById("main");
let leave = () => {};
let turn = 0;

/** "#/service/fruit.example?type=A" is the view "service" with the argument "fruit.example" and parameters. */
function place() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/");
  const view = Object.hasOwn(VIEWS, name) ? name : "services";
  return { view, argument: decodeURIComponent(rest.join("/")), query: new URLSearchParams(query) };
}

async function show() {
  const mine = ++turn;
  leave();
  leave = () => {};
  const { view, argument, query } = place();
  for (const link of document.querySelectorAll(".top nav a")) {
    const current = link.hash === `#/${view}` || (view === "service" && link.hash === "#/services");
    current ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  const module = await VIEWS[view]();
  if (mine !== turn) return;
  const root = h("div");
  fill(main, root);
  leave = module.show(root, argument, query) ?? (() => {});
  document.title = `${argument || view[0].toUpperCase() + view.slice(1)} · Fairlead`;
}

async function banner() {
  const node = document.getElementById("banner");
  if (!isConnected()) {
    fill(node, h("p", {}, "The server does not answer. What you see is what it said last; this page comes back by itself."));
    return;
  }
  try {
    const status = await get("/api/v1/services?limit=1");
    fill(node,
      status.blind && h("p", { class: "bad" }, "This node is blind: no reference answers, and verdicts stand still."),
      !status.ready && h("p", { class: "bad" }, "Not answering yet: waiting for the first round of probes and clusters."),
      status.problems.length > 0 && h("p", { class: "bad" },
        `The newest configuration file was refused, the one before is served: ${status.problems[0].reason}`),
      status.clusters.filter((cluster) => !cluster.connected).map((cluster) =>
        h("p", {}, `Cluster ${cluster.context} is not connected, its members stay as they are: ${cluster.reason}`)));
  } catch {
    // The stream notices too, and says so.
  }
}

function live() {
  const node = document.getElementById("live");
  node.dataset.on = isConnected();
  node.textContent = isConnected() ? "live" : "reconnecting";
}

function theme() {
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const chosen = localStorage.getItem("fairlead-theme") ?? (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = chosen;
    button.textContent = chosen === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to ${chosen === "dark" ? "light" : "dark"} colours`);
  };
  button.addEventListener("click", () => {
    localStorage.setItem("fairlead-theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
}

theme();
onTokenNeeded(askForToken);
addEventListener("hashchange", () => {
  show();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
});
listen((event) => {
  live();
  if (event === null || event.kind === "reload" || event.kind === "cluster") banner();
});
show();
stream();
