import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../..', name), 'utf8'));

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}

test('the lock file names every optional package of every platform, or npm ci refuses it (tools/complete-lockfile.mjs adds them)', () => {
  const packages = read('package-lock.json').packages as Record<string, LockedPackage>;
  const missing = Object.values(packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !(`node_modules/${name}` in packages));
  assert.deepEqual(missing, []);
});

test('every dependency is pinned exactly, and none to the registry of somebody’s machine', () => {
  const { dependencies, devDependencies } = read('package.json');
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d/.test(String(version)),
  );
  assert.deepEqual(loose, []);
  const packages = read('package-lock.json').packages as Record<string, LockedPackage>;
  assert.deepEqual(
    Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined),
    [],
  );
});
