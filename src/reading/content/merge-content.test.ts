import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mergeContent } from './merge-content.ts';
import type { ReportContent } from './report-content.ts';

const content = (findings: string, impression: string, size?: string): ReportContent => ({
  language: 'en',
  sections: [
    {
      kind: 'findings',
      text: findings,
      fields: [{ name: 'size', label: 'Size', ...(size !== undefined && { value: { number: size } }) }],
    },
    { kind: 'impression', text: impression, fields: [] },
  ],
});

const anyContent = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', undefined))
  .map(([findings, impression, size]) => content(findings, impression, size));

describe('what was written without a line', () => {
  it('is joined with what was written meanwhile where each changed something else', () => {
    const base = content('a', 'b', '1');
    const { content: merged, conflicts } = mergeContent(base, content('mine', 'b', '1'), content('a', 'theirs', '2'));
    assert.deepEqual(merged, content('mine', 'theirs', '2'));
    assert.deepEqual(conflicts, []);
  });

  it('is told where both changed the same, and not guessed', () => {
    const { conflicts } = mergeContent(content('a', 'b', '1'), content('x', 'b', '3'), content('y', 'b', '2'));
    assert.deepEqual(conflicts, ['findings', 'findings: size']);
    const other = { ...content('a', 'b'), template: { id: 'x', version: 1 } };
    assert.deepEqual(mergeContent(content('a', 'b'), content('x', 'b'), other).conflicts, ['sections']);
  });

  it('loses nothing that either wrote, unless it says so', () => {
    fc.assert(
      fc.property(anyContent, anyContent, anyContent, (base, mine, theirs) => {
        const { content: merged, conflicts } = mergeContent(base, mine, theirs);
        const opposite = mergeContent(base, theirs, mine);
        if (conflicts.length === 0) assert.deepEqual(merged, opposite.content);
        assert.deepEqual(conflicts, opposite.conflicts);
        assert.deepEqual(mergeContent(base, mine, base).content, mine);
        assert.deepEqual(mergeContent(base, base, theirs).content, theirs);
      }),
    );
  });
});
