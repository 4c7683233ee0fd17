import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

test('every claim of docs/conformance names a test that exists', () => {
  const broken: string[] = [];
  let claims = 0;
  for (const document of globSync('docs/conformance/*.md', { cwd: root })) {
    const text = readFileSync(join(root, document), 'utf8');
    for (const [, file, title] of text.matchAll(/\| `([^`]+\.test\.ts)` › ([^|]*) \|$/gm)) {
      claims++;
      if (!existsSync(join(root, file!))) broken.push(`${document}: no file ${file}`);
      else if (!readFileSync(join(root, file!), 'utf8').includes(title!)) broken.push(`${file}: no test "${title}"`);
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(claims > 40, `${claims} claims were found`);
});

test('each of the 43 behaviours of DICOMweb clients is claimed with a test of its own', () => {
  const text = readFileSync(join(root, 'docs/conformance/dicomweb.md'), 'utf8');
  const claimed = [...text.matchAll(/^\| (\d+) \| .* › behaviour (\d+): \|$/gm)].map(([, row, named]) => [row, named]);
  const numbers = Array.from({ length: 43 }, (_, at) => String(at + 1));
  assert.deepEqual(
    claimed,
    numbers.map((number) => [number, number]),
  );
});

test('every file that a document names exists', () => {
  const broken: string[] = [];
  for (const document of ['README.md', 'ARCHITECTURE.md', ...globSync('docs/**/*.md', { cwd: root })]) {
    const text = readFileSync(join(root, document), 'utf8');
    for (const [, path] of text.matchAll(/`((?:src|test|bench|tools|docs|\.ci)\/[\w./-]+\.\w+)`/g)) {
      if (!existsSync(join(root, path!))) broken.push(`${document}: ${path}`);
    }
    for (const [, link] of text.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)) {
      if (!existsSync(join(root, document, '..', link!))) broken.push(`${document}: link ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});
