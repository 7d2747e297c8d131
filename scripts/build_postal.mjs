// Writes the built-in table of postal codes from the npm package yubin: node build_postal.mjs WEB_FOLDER OUT.
// The package looks up one code at a time; ten million look-ups take 20 s, so its data blocks are read directly. The
// version is pinned in web/package.json, and the counts below stop the build when the layout has changed.
//
// The format is described in src/text/postal_table.h; src/text/postal_write.cpp writes the same.
import { readFileSync, writeFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const [web, out] = process.argv.slice(2);
const source = readFileSync(`${web}/node_modules/yubin/dist/index.mjs`, "utf8");
const start = source.indexOf("const chunks = ") + "const chunks = ".length;
const chunks = JSON.parse(source.slice(start, source.indexOf(";\n", start)));

const codes = new Map();
for (const prefix of Object.keys(chunks)) {
  const text = inflateRawSync(Buffer.from(chunks[prefix], "base64")).toString("utf8");
  for (const line of text.split("\n")) {
    if (line !== "") {
      const columns = line.split(",");
      codes.set(columns[1], columns);
    }
  }
}
const rows = [...codes.values()].sort((a, b) => (a[1] < b[1] ? -1 : 1));

// Notes of the post office are no part of a town's name; the floor of a tower is.
function townName(text, city) {
  if (/^以下に掲載がない場合|の次に.*番地がくる場合$/.test(text)) {
    return "";
  }
  if (text.endsWith("一円") && city.endsWith(text.slice(0, -2)) && text.length > 2) {
    return "";
  }
  const floor = text.match(/（([０-９]+階)）$/);
  return text.replace(/（.*$/, "") + (floor ? `　${floor[1]}` : "");
}
// What stands in brackets behind a town: which part of it the code is for.
function townNote(text) {
  const note = text.match(/（(.*)）$/)?.[1] ?? "";
  return /^[０-９]+階$/.test(note) ? "" : note;
}
function townKana(name, kana) {
  if (name === "") {
    return "";
  }
  const floor = kana.match(/（([０-９]+)カイ）$/);
  return kana.replace(/（.*$/, "").normalize("NFKC") + (floor ? `　${floor[1].normalize("NFKC")}カイ` : "");
}

const strings = [""];
const known = new Map([["", 0]]);
function string(text) {
  let number = known.get(text);
  if (number === undefined) {
    number = strings.length;
    strings.push(text);
    known.set(text, number);
  }
  return number;
}
function unique() {
  const list = [];
  const numbers = new Map();
  return {
    list,
    add(...values) {
      const key = values.join();
      if (!numbers.has(key)) {
        numbers.set(key, list.length);
        list.push(values);
      }
      return numbers.get(key);
    },
  };
}

// Business rows have no kana: they take it from the town rows.
const cityKana = new Map();
const kanaOfTown = new Map();
for (const row of rows) {
  if (row[0] === "k") {
    const name = townName(row[8], row[6]);
    cityKana.set(row[3] + row[6], row[7]);
    kanaOfTown.set(row[3] + name, townKana(name, row[9]));
  }
}
const cities = unique();
const towns = unique();
const offices = [];
const cityOf = [];
const townOf = [];
const noteOf = [];
rows.forEach((row, index) => {
  const business = row[0] === "j";
  const [, , , jis] = row;
  const city = business ? row[5] : row[6];
  const town = townName(business ? row[6] : row[8], city);
  const kana = business ? (kanaOfTown.get(jis + town) ?? "") : townKana(town, row[9]);
  cityOf.push(cities.add(Number(jis), string(city), string(cityKana.get(jis + city) ?? "")));
  townOf.push(towns.add(string(town), string(kana)));
  noteOf.push(string(business ? "" : townNote(row[8])));
  if (business) {
    offices.push([index, string(row[8]), 0, string(row[7])]);
  }
});
if (rows.length < 140_000 || cities.list.length < 1_800 || offices.length < 20_000) {
  throw new Error(`yubin: ${rows.length} codes, ${cities.list.length} cities: its layout has changed`);
}

const encoded = strings.map((text) => Buffer.from(text, "utf8"));
const offsets = [0];
for (const text of encoded) {
  offsets.push(offsets.at(-1) + text.length);
}
const numbers = [
  rows.length,
  cities.list.length,
  towns.list.length,
  offices.length,
  strings.length,
  0, // The package does not tell the date of its data.
  ...rows.map((row) => Number(row[1])),
  ...cityOf,
  ...townOf,
  ...noteOf,
  ...cities.list.flat(),
  ...towns.list.flat(),
  ...offices.flat(),
  ...offsets,
];
const head = Buffer.alloc(4 + numbers.length * 4);
head.write("DFP2", 0, "latin1");
numbers.forEach((value, index) => head.writeUInt32LE(value, 4 + index * 4));
writeFileSync(out, Buffer.concat([head, ...encoded]));
