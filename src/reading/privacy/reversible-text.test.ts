import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KnownValues } from '../../deidentify/known-values.ts';
import { Pseudonyms } from '../../deidentify/pseudonyms.ts';
import { ReversibleText } from './reversible-text.ts';

const pseudonyms = new Pseudonyms((message) => new Uint8Array(32).fill(message.length));
const known = new KnownValues(
  new Set(['Kanarienvögel', 'Zwitscherine']),
  new Set(['KNRY-7788123']),
  new Set(['19610504']),
  new Set(),
);
const reversible = () => new ReversibleText({ known, pseudonyms, studyDate: '20260131' });

const back = (text: string, tokens: ReadonlyMap<string, string>): string =>
  text.replace(/\[P\d+\]/g, (token) => tokens.get(token) ?? token);

test('a name, a number and a date of birth in a history become tokens, from which the history comes back', () => {
  const texts = reversible();
  const history = 'Frau Kanarienvoegel (KNRY 7788123, geb. 04.05.1961): Sturz, Dr. Quittenbaum bittet um CT';
  const cleaned = texts.cleaned(history);
  assert.equal(/kanarien|7788|1961|quitten/i.test(cleaned), false);
  assert.match(cleaned, /Sturz/);
  assert.equal(back(cleaned, texts.tokens).replace(/ \(\d+ days before the study\)/, ''), history);
});

test('the same words are the same token in the history and in a prior report', () => {
  const texts = reversible();
  const [token] = texts.cleaned('Zwitscherine fell').split(' ');
  assert.equal(texts.cleaned('seen: Zwitscherine'), `seen: ${token}`);
  const later = new ReversibleText({ known, pseudonyms }, texts.tokens);
  assert.equal(later.cleaned('Zwitscherine'), token);
});

test('a date is told by its distance from the study where it can be read in one way, else by nothing', () => {
  const texts = reversible();
  assert.match(texts.cleaned('CT 2026-01-01 normal'), /^CT \[P1\] \(30 days before the study\) normal$/);
  assert.match(texts.cleaned('CT 31/01/2026'), /\(the day of the study\)$/);
  assert.match(texts.cleaned('CT 03/04/2025 normal'), /^CT \[P\d+\] normal$/);
});

test('what is written like a token of ours is not one, so that nobody has a value put in their place', () => {
  const texts = reversible();
  const cleaned = texts.cleaned('Zwitscherine [P1] [P2]');
  assert.deepEqual([...texts.tokens.keys()], ['[P1]']);
  assert.equal(cleaned, '[P1] (P1) (P2)');
});

test('whatever stands around it, a known name is never left', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const cleaned = reversible().cleaned(`${before} Zwitscherine ${after}`);
      assert.equal(cleaned.toLowerCase().includes('zwitscherine'), false);
    }),
  );
});
