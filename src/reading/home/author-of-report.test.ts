import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Participant } from '../../translate/report/report.ts';
import { aReader } from '../gate/testing/rows.ts';
import { authorOf } from './author-of-report.ts';

const ada = aReader({ id: 'ada', name: 'Ng^Ada' });
const licence = { ...ada.licences[0]!, number: 'MED77' };
const robin = aReader({ id: 'robin', name: 'Müller^Robin^^Dr.', licences: [licence] });
const readers = [ada, robin];
const by = (name: string, number?: string): Participant[] => [
  { role: 'transcriptionist', name: 'Typist^Tom' },
  { role: 'interpreter', name, ...(number !== undefined && { id: { number, issuer: '' } }) },
];

test('the author of a report is known by the id of a reader or a licence, or by a name that one alone has', () => {
  assert.equal(authorOf(by('ada', 'ada'), readers), ada);
  assert.equal(authorOf(by('MUELLER^R', 'MED77'), readers), undefined, 'another family name has this number');
  assert.equal(authorOf(by('MULLER^R', 'MED77'), readers), robin);
  assert.equal(authorOf(by('NG^ADA', 'STAFF-9'), readers), ada, 'a number of the provider’s own says nothing here');
});

test('whoever is not certainly one of the provider’s readers is nobody', () => {
  assert.equal(authorOf(by('Ng^A'), readers), undefined);
  assert.equal(authorOf(by('Ng^Ada'), [ada, aReader({ id: 'ada2', name: 'NG^ADA' })]), undefined);
  assert.equal(authorOf(by('Somebody^Else', 'ada'), readers), undefined);
  assert.equal(authorOf(by('Typist^Tom').slice(0, 1), readers), undefined);
});
