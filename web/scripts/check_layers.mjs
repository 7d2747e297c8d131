// A folder of src/ imports only folders to its left (tests may look further); api/ holds no React components (.tsx). Prints each breach, exits 1 on any.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const order = ['api', 'ui', 'grid', 'fields', 'records', 'crm', 'app'];
const src = resolve(fileURLToPath(new URL('../src', import.meta.url)));
const breaches = [];

for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/(?<!\.test)\.tsx?$/.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const [layer] = relative(src, file).split(sep);
  const rank = order.indexOf(layer);
  if (rank < 0) {
    breaches.push(`${relative(src, file)}: not in a known folder`);
    continue;
  }
  if (layer === 'api' && entry.name.endsWith('.tsx'))
    breaches.push(`${relative(src, file)}: api/ holds no components`);
  const text = readFileSync(file, 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    let target;
    if (name.startsWith('@/')) target = name.slice(2).split('/')[0];
    else if (name.startsWith('.')) target = relative(src, resolve(dirname(file), name)).split(sep)[0];
    else {
      if (/^@mantine\//.test(name) && rank > order.indexOf('ui') && layer !== 'app')
        breaches.push(`${relative(src, file)}: take ${name} through ui/`);
      continue;
    }
    if (order.indexOf(target) > rank)
      breaches.push(`${relative(src, file)}: ${layer} may not import ${target} (${name})`);
  }
}

for (const breach of breaches) console.error(breach);
process.exit(breaches.length > 0 ? 1 : 0);
