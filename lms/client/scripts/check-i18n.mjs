/**
 * Both languages have the same keys and the same placeholders, every key the source uses exists,
 * and no key is left over. Plural endings (_one, _other) count as one key.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const LANGUAGES = ["ja", "en"];

/** key → placeholders, for one resource file. */
function resource(language) {
  const found = new Map();
  const walk = (node, path) => {
    for (const [name, value] of Object.entries(node)) {
      const key = path === "" ? name : `${path}.${name}`;
      if (typeof value === "object") walk(value, key);
      else {
        const plain = key.replace(/_(zero|one|two|few|many|other)$/, "");
        const used = [...value.matchAll(/{{(\w+)}}/g)].map((match) => match[1]);
        found.set(plain, new Set([...(found.get(plain) ?? []), ...used]));
        if (value.trim() === "") faults.push(`${language}: ${key} is empty`);
      }
    }
  };
  walk(JSON.parse(readFileSync(join(SOURCE, "i18n", `${language}.json`), "utf8")), "");
  return found;
}

/** Every dotted string literal of the source whose first part is a section of the resources. */
function usedKeys(sections) {
  const used = new Map();
  for (const entry of readdirSync(SOURCE, { recursive: true, withFileTypes: true })) {
    const isSource = /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name);
    if (!entry.isFile() || !isSource) continue;
    const file = join(entry.parentPath, entry.name);
    for (const [, key] of readFileSync(file, "utf8").matchAll(/"([a-z]\w*(?:\.\w+)+)"/g)) {
      if (sections.has(key.split(".")[0])) used.set(key, file.slice(SOURCE.length + 1));
    }
  }
  return used;
}

function differ(some, others) {
  return some.size !== others.size || [...some].some((name) => !others.has(name));
}

const faults = [];
const [ja, en] = LANGUAGES.map(resource);
for (const [key, placeholders] of ja) {
  if (!en.has(key)) faults.push(`en: ${key} is missing`);
  else if (differ(placeholders, en.get(key))) {
    faults.push(`${key}: the languages use different placeholders`);
  }
}
for (const key of en.keys()) if (!ja.has(key)) faults.push(`ja: ${key} is missing`);

const used = usedKeys(new Set([...ja.keys()].map((key) => key.split(".")[0])));
for (const [key, file] of used) if (!ja.has(key)) faults.push(`${file}: ${key} has no text`);
for (const key of ja.keys()) if (!used.has(key)) faults.push(`${key} is used nowhere`);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${ja.size} keys, ${LANGUAGES.join(" and ")} agree.`);
