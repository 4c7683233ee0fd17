import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { impureNames, map, pureBase, purePackages } from './map.ts';
import { readSourceFile, type SourceFile } from './source-file.ts';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'src');
const isTest = (path: string) => /\.(test|fuzz)\.ts$/.test(path);
const paths = globSync('**/*.ts', { cwd: source }).map((path) => path.replaceAll('\\', '/'));
const files = paths.filter((path) => !isTest(path)).map((path) => readSourceFile(source, path));
const rooms = Object.keys(map).sort((a, b) => b.length - a.length);
const roomOf = (path: string): string | undefined => rooms.find((room) => path.startsWith(`${room}/`));

test('every source file lies in a room of the map', () => {
  const strays = paths.filter((path) => roomOf(path) === undefined);
  assert.deepEqual(strays, []);
});

test('imports follow the arrows of the map', () => {
  const strange = files.flatMap((file) =>
    file.imports.filter((to) => !mayImport(file, to)).map((to) => `${file.path} → ${to}`),
  );
  assert.deepEqual(strange, []);
});

test('pure folders use no Node, no clock, no timers and only pure packages', () => {
  const impure = files.filter((file) => map[roomOf(file.path)!]?.pure).flatMap(impurities);
  assert.deepEqual(impure, []);
});

test('packages that are imported are named in package.json', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const missing = files.flatMap((file) =>
    file.packages
      .filter((name) => !name.startsWith('node:') && !(packageOf(name) in manifest.dependencies))
      .map((name) => `${file.path} → ${name}`),
  );
  assert.deepEqual(missing, []);
});

test('a source file can be read in one sitting', () => {
  const long = files.filter((file) => file.lines > 450 && !/\.generated\.ts$/.test(file.path));
  assert.deepEqual(
    long.map((file) => `${file.path}: ${file.lines} lines`),
    [],
  );
});

test('the map test itself sees what it must see', () => {
  const stranger: SourceFile = {
    path: 'dicom/stranger.ts',
    imports: ['storage/database.ts', 'base/log.ts', 'base/problem.ts'],
    packages: ['node:fs', 'pg', 'fflate'],
    names: new Set(['process', 'Date.now', 'dataset']),
    lines: 1,
  };
  assert.deepEqual(
    stranger.imports.filter((to) => !mayImport(stranger, to)),
    ['storage/database.ts', 'base/log.ts'],
  );
  assert.deepEqual(impurities(stranger), [
    'dicom/stranger.ts uses node:fs',
    'dicom/stranger.ts uses pg',
    'dicom/stranger.ts uses Date.now',
    'dicom/stranger.ts uses process',
  ]);
});

function mayImport(file: SourceFile, to: string): boolean {
  const [from, target] = [roomOf(file.path), roomOf(to)];
  if (from === undefined || target === undefined) return false;
  if (from === target) return true;
  const room = map[from]!;
  if (room.pure && target === 'base') return pureBase.includes(to);
  return room.imports === 'all' || room.imports.includes(target);
}

function impurities(file: SourceFile): string[] {
  const packages = file.packages.filter((name) => !purePackages.includes(packageOf(name)));
  const names = impureNames.filter((name) => file.names.has(name));
  return [...packages, ...names].map((what) => `${file.path} uses ${what}`);
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
