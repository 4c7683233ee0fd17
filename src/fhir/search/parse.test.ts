import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzRuns, fuzzSeed } from '../../../test/support/fuzz-runs.ts';
import { parseQueryString } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { decimalRangeOf } from './decimal.ts';
import { fuzzedQueries, fuzzedRequest } from './parse.fuzz.ts';
import { parseSearch } from './parse.ts';
import { limits } from './request.ts';

const parse = (asked: string, prefer?: string) => {
  const [type, query = ''] = asked.split(/\?(.*)/s) as [string, string?];
  return parseSearch([type], parseQueryString(query), { now: 0, baseUrl: 'https://h/fhir', ...(prefer && { prefer }) });
};
const refusal = (asked: string, prefer?: string): string => {
  try {
    parse(asked, prefer);
  } catch (thrown) {
    if (thrown instanceof Problem) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return 'taken';
};

test('R4 search.html#errors: what is not known is ignored and said, or refused where that is preferred', () => {
  const { criteria, ignored, understood } = parse(
    'Observation?code=a&colour=red&subject.colour=red&code.name=a&_sort=shape&_include=Observation:colour',
  );
  assert.equal(criteria.length, 1);
  assert.deepEqual(ignored, ['colour', 'subject', 'code', '_sort', '_include']);
  assert.deepEqual(understood, [{ name: 'code', value: 'a' }]);
  assert.equal(refusal('Observation?colour=red'), 'taken');
  assert.match(refusal('Observation?colour=red', 'handling=strict'), /^fhir\/unknown-parameter .*colour/);
  assert.match(refusal('Observation?_has:Patient:colour:code=x', 'handling=strict'), /^fhir\/unknown-parameter/);
});

test('R4 search.html#modifiers: a modifier that a parameter does not take is refused, whatever is preferred', () => {
  const refused = [
    'code:exact=a',
    'code:above=a',
    'code:in=http://hl7.org/fhir/ValueSet/observation-codes',
    'value-string:not=a',
    'date:exact=2026',
    'value-quantity:text=1',
    'subject:Practitioner=1',
    'subject:Practitioner.name=a',
    'code:not:missing=true',
    'code-value-quantity:not=a$1',
    '_id:exact=a',
    '_lastUpdated:missing=true',
  ];
  for (const query of refused) assert.match(refusal(`Observation?${query}`), /^fhir\/unknown-parameter/, query);
});

test('a value that is none of its kind is malformed', () => {
  const refused = [
    'date=yesterday',
    'date=gt',
    'date=2026-13',
    'value-quantity=much',
    'value-quantity=5|mg',
    'value-quantity=1e999',
    'subject=no id',
    'subject:missing=perhaps',
    'identifier:of-type=a|b',
    'code-value-quantity=8867-4',
    'status:in=http://hl7.org/fhir/ValueSet/nowhere',
    'code=%00',
    '_count=many',
    '_total=some',
    '_summary=brief',
    '_cursor=xyz',
    '_include=Observation',
    '_has:Observation=a',
  ];
  for (const query of refused) assert.match(refusal(`Observation?${query}`), /^request\/malformed/, query);
});

test('what one search may ask has limits', () => {
  const many = (times: number, text: string, by: string): string => Array(times).fill(text).join(by);
  const refused = [
    many(limits.parameters + 1, 'code=a', '&'),
    `code=${many(limits.values + 1, 'a', ',')}`,
    `_sort=${many(limits.sortKeys + 1, 'date', ',')}`,
    many(limits.includes + 1, '_include=*', '&'),
    `${many(limits.chainLength + 2, 'part-of:Observation', '.')}.code=a`.replaceAll('part-of', 'has-member'),
  ];
  for (const query of refused) assert.match(refusal(`Observation?${query}`), /^request\/too-large/, query.slice(0, 60));
  assert.equal(parse('Observation?_count=100000').count, limits.mostPageEntries);
});

test('R4 search.html#chaining: without a type it leads to every type that has the parameter, once where they ask the same', () => {
  const { criteria } = parse('Observation?subject.name=a');
  const [chain] = criteria;
  assert.ok(chain?.kind === 'chain');
  assert.deepEqual(
    chain.targets.map(({ types }) => types.join(' ')),
    ['Location Patient'],
  );
  assert.equal(refusal('Task?focus.focus.focus.focus.focus.identifier=a'), 'taken');
});

test('R4 search.html#number: what is equal to a number depends on how it is written', () => {
  const covered = (text: string): string => {
    const { low, high } = decimalRangeOf(text)!;
    return `${Number(low)} ${Number(high)}`;
  };
  assert.equal(covered('100'), '99.5 100.5');
  assert.equal(covered('100.00'), '99.995 100.005');
  assert.equal(covered('1e2'), '50 150');
  assert.equal(covered('-5.4'), '-5.45 -5.35');
  assert.equal(covered('0'), '-0.5 0.5');
});

test('law: a cursor is read as it was written, and nothing else is one', () => {
  const cursor = fc.record({
    keys: fc.array(fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')))),
    type: fc.constantFrom('Observation', 'Task'),
    id: fc.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/),
    isBackward: fc.boolean(),
  });
  fc.assert(
    fc.property(cursor, (written) => {
      const text = writeCursor(written);
      assert.match(text, /^[\w-]+$/);
      assert.deepEqual(readCursor(text, written.keys.length), { ...written });
      assert.throws(() => readCursor(text, written.keys.length + 1), Problem);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => assert.throws(() => readCursor(text, 0), Problem)));
});

test('fuzz: whatever is asked is understood, ignored or refused, soon', () => {
  let taken = 0;
  const rounds = fuzzRuns(2000);
  for (const query of fuzzedQueries(rounds, fuzzSeed)) {
    const request = fuzzedRequest(query);
    if (request === undefined) continue;
    taken += 1;
    assert.ok(request.criteria.length <= query.parameters.length);
  }
  assert.ok(taken > rounds / 20, `${taken} of ${rounds} taken`);
});
