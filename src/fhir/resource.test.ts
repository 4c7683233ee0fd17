import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Patient } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { fuzzRuns, fuzzSeed } from '../../test/support/fuzz-runs.ts';
import { Problem } from '../base/problem.ts';
import { resourceTypes } from './definitions.ts';
import { InvalidResource } from './issue.ts';
import { type JsonObject, textOfNumber } from './json.ts';
import { limits } from './limits.ts';
import { fuzz } from './resource.fuzz.ts';
import { type Format, readResource, writeResource } from './resource.ts';
import { arbitraryResource } from './testing/arbitrary-resource.ts';

const issuesOf = (text: string, format: Format = 'json') => {
  try {
    readResource(text, format);
  } catch (error) {
    if (error instanceof InvalidResource) return error.issues.map(({ code, expression }) => `${code} ${expression}`);
    throw error;
  }
  return [];
};
const issuesOfPatient = (elements: object) => issuesOf(JSON.stringify({ resourceType: 'Patient', ...elements }));

test('law: every resource that R4 defines is the same after JSON and after XML', () => {
  const types = [...resourceTypes];
  fc.assert(
    fc.property(fc.nat(types.length - 1), fc.nat(), (at, seed) => {
      const written = arbitraryResource(types[at]!, seed);
      const read = readResource(JSON.stringify(written), 'json');
      assert.deepEqual(read, written);
      const xml = writeResource(read, 'xml');
      const back = readResource(xml, 'xml');
      assert.deepEqual(back, written);
      assert.equal(writeResource(back, 'xml'), xml);
    }),
    { numRuns: 500 },
  );
});

test('R4 datatypes: a decimal keeps its precision in both forms', () => {
  const text = '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50}}';
  const observation = readResource(text, 'json');
  assert.equal(writeResource(observation, 'json'), text);
  const xml = writeResource(observation, 'xml');
  assert.match(xml, /<value value="1\.50"\/>/);
  assert.equal(writeResource(readResource(xml, 'xml'), 'json'), text);
  assert.equal(textOfNumber(0.1), '0.1');
  for (const decimal of [
    '0.10',
    '1e3',
    '1E-2',
    '-0',
    '-0.0',
    '0.0000001',
    '12345678901234567890',
    '1234567890.12345678',
    '-9.99',
  ]) {
    const written = text.replace('1.50', decimal);
    assert.equal(writeResource(readResource(written, 'json'), 'json'), written);
    assert.equal(
      writeResource(readResource(writeResource(readResource(written, 'json'), 'xml'), 'xml'), 'json'),
      written,
    );
  }
});

test('R4 json.html: extensions of a primitive stand beside it, with null where one of several has none', () => {
  const patient = {
    resourceType: 'Patient',
    name: [{ given: ['Alice', null], _given: [null, { extension: [{ url: 'urn:x', valueCode: 'unknown' }] }] }],
    _birthDate: { id: 'born' },
  };
  const read = readResource(JSON.stringify(patient), 'json') as Patient;
  const xml = writeResource(read, 'xml');
  assert.match(
    xml,
    /<given value="Alice"\/><given><extension url="urn:x"><valueCode value="unknown"\/><\/extension><\/given>/,
  );
  assert.match(xml, /<birthDate id="born"\/>/);
  assert.deepEqual(readResource(xml, 'xml'), patient);
});

test('R4 xml.html: comments, white space and foreign attributes say nothing; the narrative keeps all of it', () => {
  const xml = `<?xml version="1.0"?>
    <f:Patient xmlns:f="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">
      <!-- nobody -->
      <f:text><f:status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>bold</b> <!-- kept --> word</p></div></f:text>
      <f:active value="true"/>
    </f:Patient>`;
  assert.deepEqual(readResource(xml, 'xml'), {
    resourceType: 'Patient',
    text: {
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>bold</b> <!-- kept --> word</p></div>',
    },
    active: true,
  });
});

test('R4 validation: what is wrong is said with its code and its place', () => {
  assert.deepEqual(issuesOfPatient({ gender: 7, nonsense: true }), ['structure Patient.gender', 'structure Patient']);
  assert.deepEqual(issuesOfPatient({ gender: 'M' }), ['code-invalid Patient.gender']);
  assert.deepEqual(issuesOfPatient({ birthDate: '1958-02-30' }), ['value Patient.birthDate']);
  assert.deepEqual(issuesOfPatient({ name: { family: 'x' } }), ['structure Patient.name']);
  assert.deepEqual(issuesOfPatient({ name: [{ given: [''] }] }), ['value Patient.name[0].given[0]']);
  assert.deepEqual(issuesOfPatient({ name: [{}] }), ['invariant Patient.name[0]']);
  assert.deepEqual(issuesOfPatient({ name: [] }), ['invariant Patient.name']);
  assert.deepEqual(issuesOfPatient({ active: 'true' }), ['structure Patient.active']);
  assert.deepEqual(issuesOfPatient({ active: null }), ['structure Patient.active']);
  assert.deepEqual(issuesOfPatient({ deceasedBoolean: false, deceasedDateTime: '2026' }), ['structure Patient']);
  assert.deepEqual(issuesOfPatient({ multipleBirthInteger: 1.5 }), ['value Patient.multipleBirth.ofType(integer)']);
  assert.deepEqual(issuesOfPatient({ extension: [{ url: 'urn:x' }] }), ['invariant Patient.extension[0]']);
  assert.deepEqual(issuesOf('{"resourceType":"Observation","status":"final"}'), ['required Observation.code']);
  assert.deepEqual(issuesOf('{"resourceType":"Patientt"}'), ['not-supported Patientt']);
  assert.deepEqual(issuesOf('{"resourceType":"EvidenceVariable"}'), ['not-supported EvidenceVariable']);
  assert.deepEqual(issuesOf('{"__proto__":{"resourceType":"Patient"}}'), ['structure Resource']);
  assert.deepEqual(issuesOfPatient({ contained: [{ resourceType: 'Patient', gender: 'x' }] }), [
    'code-invalid Patient.contained[0].gender',
  ]);
});

test('R4 validation: an XML document says the same', () => {
  const wrong = (content: string) => issuesOf(`<Patient xmlns="http://hl7.org/fhir">${content}</Patient>`, 'xml');
  assert.deepEqual(wrong('<gender value="M"/>'), ['code-invalid Patient.gender']);
  assert.deepEqual(wrong('<gender value="male"/><gender value="male"/>'), ['structure Patient.gender']);
  assert.deepEqual(wrong('<active value="yes"/>'), ['structure Patient.active']);
  assert.deepEqual(wrong('<active valeu="true"/>'), ['structure Patient.active', 'invariant Patient.active']);
  assert.deepEqual(wrong('<nonsense/>'), ['structure Patient']);
  assert.deepEqual(wrong('loose text'), ['structure Patient']);
  assert.deepEqual(wrong('<contained><Patient/><Patient/></contained>'), ['structure Patient.contained[0]']);
  assert.deepEqual(issuesOf('<Patient><active value="true"/></Patient>', 'xml'), ['structure Patient']);
});

test('txt-1: a narrative that runs anything is refused', () => {
  const narrative = (content: string) =>
    issuesOfPatient({
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` },
    });
  assert.deepEqual(narrative('<p>fine</p>'), []);
  for (const content of [
    '<script>x</script>',
    '<p onclick="x">a</p>',
    '<a href=" javascript:x">a</a>',
    '<p>',
    '&nbsp;',
  ]) {
    assert.deepEqual(narrative(content), ['invariant Patient.text.div'], content);
  }
});

test('a body that is no document is refused without a word of it', () => {
  for (const [text, format] of [
    ['{"resourceType":', 'json'],
    ['[]', 'json'],
    ['', 'json'],
    ['<Patient xmlns="http://hl7.org/fhir">', 'xml'],
    ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir">&e;</Patient>', 'xml'],
    ['', 'xml'],
  ] as const) {
    assert.throws(
      () => readResource(text, format),
      (error) => error instanceof Problem && error.code === 'request/malformed',
      text,
    );
  }
});

test('nesting, entries and issues have limits', () => {
  const deep = `{"resourceType":"Patient","contact":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  assert.throws(() => readResource(deep, 'json'), { code: 'request/too-large' });
  const deepXml = `<Patient xmlns="http://hl7.org/fhir">${'<contact>'.repeat(100_000)}`;
  assert.throws(() => readResource(deepXml, 'xml'), { code: 'request/malformed' });
  let nested: JsonObject = { url: 'urn:x', valueCode: 'x' };
  for (let depth = 0; depth < 63; depth++) nested = { url: 'urn:x', extension: [nested] };
  assert.deepEqual(issuesOfPatient({ extension: [nested] }), []);
  assert.match(
    issuesOfPatient({ extension: [{ url: 'urn:x', extension: [nested] }] })[0]!,
    /^too-costly Patient\.extension/,
  );
  const entry = Array.from({ length: limits.entries + 1 }, () => ({}));
  assert.deepEqual(issuesOf(JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry })), [
    'too-costly Bundle.entry',
  ]);
  assert.equal(issuesOfPatient({ name: Array.from({ length: 1000 }, () => ({ use: 'x' })) }).length, limits.issues);
});

test('mutated resources are read or refused, soon, and what is accepted comes back', () => {
  const { accepted } = fuzz(fuzzRuns(2000), fuzzSeed);
  assert.ok(accepted > 0);
});

const shared = process.env.FASCIA_SHARED ?? join(import.meta.dirname, '../../../shared');
const corpus = join(shared, 'data/corpus');
const isThere = existsSync(join(corpus, 'MANIFEST.csv'));

/** What makes a resource one of another version of FHIR, or of none. */
const foreign =
  /no element of|repeats|does not repeat|is an object|no resource type|is missing|not empty|the required|the value is no|is none of this element|narrative/;

test('the corpus is read and written back unchanged, or refused for what R4 does not have', {
  skip: isThere ? false : `no corpus at ${corpus}`,
}, () => {
  const files = readFileSync(join(corpus, 'MANIFEST.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('fhir/'))
    .map((line) => line.split(',')[0]!);
  const counts = { read: 0, refused: 0 };
  for (const file of files) {
    const format = file.endsWith('.xml') ? 'xml' : 'json';
    try {
      const resource = readResource(readFileSync(join(corpus, file), 'utf8'), format);
      assert.deepEqual(readResource(writeResource(resource, 'json'), 'json'), resource, file);
      counts.read += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error instanceof InvalidResource) assert.match(error.message, foreign, file);
      else assert.equal(error.code, 'request/malformed', file);
      counts.refused += 1;
    }
  }
  assert.ok(counts.read > counts.refused, JSON.stringify(counts));
});
