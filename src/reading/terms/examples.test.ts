import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { gates } from '../gate/gates.ts';
import { readSite } from '../gate/site.ts';
import { theFacts } from '../gate/testing/rows.ts';
import { readReader } from '../readers/read-reader.ts';
import { matchTerm } from './match-term.ts';
import { readContract } from './read-term.ts';

const at = Date.parse('2026-11-23T22:00:00Z');
const guide = readFileSync(join(import.meta.dirname, '../../../docs/reading.md'), 'utf8');
const examples = [...guide.matchAll(/```yaml\n# (site|contract|reader)\n([\s\S]*?)```/g)].map(([, kind, yaml]) => ({
  kind,
  document: parse(yaml!),
}));
const of = (kind: string) => examples.filter((each) => each.kind === kind).map(({ document }) => document);

test('the examples of docs/reading.md are taken, and the reader of one may read by its contract what that is for', () => {
  const [site] = of('site').map(readSite);
  const contracts = of('contract').map((document) => readContract(document, { at, profiles: new Set(['R-read']) }));
  const [reader] = of('reader').map((document) => readReader(document, { provider: 'farsight', at }));
  assert.deepEqual(
    contracts.map(({ terms }) => terms.map(({ id }) => id)),
    [['nord-befund/ct-night'], ['nord-farsight/neuro']],
  );
  const terms = contracts.flatMap((contract) => contract.terms.map((term) => ({ ...term, version: 1 })));
  const facts = {
    ...{ site: site!.id, patientAt: site!.at, modality: 'CT', subspecialty: 'neuro', language: 'de' },
    ...{ provider: 'farsight', readType: 'preliminary' as const, payer: 'statutory' },
  };
  const head = theFacts({ ...facts, bodyRegion: 'HEAD' });
  const chest = theFacts({ ...facts, bodyRegion: 'CHEST' });
  const term = matchTerm(terms, head, at).term!;
  assert.equal(term.id, 'nord-farsight/neuro');
  assert.equal(matchTerm(terms, chest, at).term?.id, 'nord-befund/ct-night');
  const known = { persons: { given: 9_999, isAmong: false } };
  assert.deepEqual(gates(head, term, reader!, at, 'claim', known).failed, []);
  const final = gates({ ...head, readType: 'final' }, term, reader!, at, 'claim', known).failed;
  assert.deepEqual(
    final.map(({ gate }) => gate),
    ['payer'],
  );
});
