// What one source file imports and which global names it uses, read with oxc (TypeScript 7 has no compiler API).

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync, visitorKeys } from 'oxc-parser';

export interface SourceFile {
  /** Path below src/, with forward slashes. */
  path: string;
  /** Paths below src/ that it imports, types included. */
  imports: string[];
  /** Packages and node: modules that it imports, types included. */
  packages: string[];
  /** Identifiers it refers to, and `Object.member` pairs. */
  names: Set<string>;
  lines: number;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

export function readSourceFile(sourceFolder: string, path: string): SourceFile {
  const text = readFileSync(join(sourceFolder, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const specifiers: string[] = [];
  const names = new Set<string>();
  walk(program as unknown as Node, specifiers, names);
  const local = specifiers.filter((specifier) => specifier.startsWith('.'));
  return {
    path,
    imports: local.map((specifier) => relative(sourceFolder, join(sourceFolder, dirname(path), specifier))),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.')),
    names,
    lines: text.split('\n').length - 1,
  };
}

function walk(node: Node, specifiers: string[], names: Set<string>): void {
  const source = node.source as { type?: string; value?: unknown } | null | undefined;
  if (typeof source?.value === 'string') specifiers.push(source.value);
  if (node.type === 'Identifier') names.add(node.name as string);
  if (node.type === 'MemberExpression' && !node.computed) {
    names.add(`${(node.object as Node).name}.${(node.property as Node).name}`);
  }
  for (const key of visitorKeys[node.type] ?? []) {
    if (isOnlyAName(node, key)) continue;
    for (const child of [node[key]].flat() as (Node | null)[]) {
      if (child) walk(child, specifiers, names);
    }
  }
}

/** `x.process`, `{ process: 1 }` and a member called `process` refer to nothing outside. */
function isOnlyAName(node: Node, key: string): boolean {
  if (node.computed === true) return false;
  if (node.type === 'MemberExpression' || node.type === 'TSQualifiedName') return key === 'property' || key === 'right';
  return key === 'key' && !node.shorthand;
}
