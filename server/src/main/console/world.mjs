// Makes the console's world.json of Natural Earth's shapes (public domain): each country's outline, projected once and for
// all, so that the page needs no library for it. Run where these npm packages are:
//   npm install world-atlas@2.0.2 topojson-client@3.1.0 d3-geo@3.1.2 world-countries@5.1.0 && node world.mjs > world.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { geoNaturalEarth1, geoPath, geoArea } = await import(pathToFileURL(require.resolve("d3-geo")));
const { feature } = require("topojson-client");
const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-110m.json")));
const codes = new Map(require("world-countries").map((country) => [country.ccn3, country.cca2]));

const WIDTH = 1000;
const HEIGHT = 500;
// The projection's own scale and middle, which map.js repeats to place a site: x and y in units of the picture.
const projection = geoNaturalEarth1().scale(182).translate([WIDTH / 2, HEIGHT / 2]).precision(0.3);
const path = geoPath(projection).digits(1);

const countries = feature(world, world.objects.countries)
  .features.filter((country) => country.properties.name !== "Antarctica")
  .sort((a, b) => geoArea(b) - geoArea(a))
  .map((country) => ({
    code: codes.get(country.id) ?? (country.properties.name === "Kosovo" ? "XK" : ""),
    name: country.properties.name,
    path: path(country),
  }));
process.stdout.write(JSON.stringify({ width: WIDTH, height: HEIGHT, countries }) + "\n");
