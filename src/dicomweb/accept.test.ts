import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMediaType } from '../base/http/media-type.ts';
import { acceptedMediaTypes, negotiate, type Offer } from './accept.ts';

const frames: Offer = { mediaType: 'multipart/related', partType: 'application/octet-stream' };
const dicom: Offer = { mediaType: 'multipart/related', partType: 'application/dicom' };
const single: Offer = { mediaType: 'application/dicom' };
const json: Offer = { mediaType: 'application/dicom+json' };
const plainJson: Offer = { mediaType: 'application/json' };
const xml: Offer = { mediaType: 'multipart/related', partType: 'application/dicom+xml' };

const choose = (offers: Offer[], header: string | undefined, query: string[] = []) =>
  negotiate(acceptedMediaTypes(header, query), offers);
const first = (offers: Offer[], header: string | undefined, query?: string[]) => choose(offers, header, query)[0];

test('behaviour 1: the type of multipart/related is understood with and without quotes, spaces and in any order', () => {
  for (const header of [
    'multipart/related; type=application/octet-stream; transfer-syntax=*',
    'multipart/related; type="application/octet-stream"; transfer-syntax="*"',
    'multipart/related;transfer-syntax=*;type="application/octet-stream"',
    'Multipart/Related ; Type = "application/octet-stream" ; Transfer-Syntax = *',
  ]) {
    assert.deepEqual(first([frames], header), { offer: frames, transferSyntaxUid: '*' }, header);
  }
});

test('behaviour 2: a list for frames that also names JSON gets JSON from a search', () => {
  const header = 'application/dicom+json, multipart/related; type=application/octet-stream; transfer-syntax=*';
  assert.equal(first([json, xml], header).offer, json);
});

test('behaviour 3: wildcards, a missing type, a missing header and the lists of browsers are served', () => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
  for (const header of ['multipart/*', 'multipart/related', '*/*', undefined, '', browser, '*/*; q=.2', 'q=1, */*']) {
    assert.equal(first([dicom, single], header).offer, dicom, header);
  }
});

test('behaviour 3: q decides, wherever it stands, and equal wishes are granted in their order', () => {
  assert.equal(
    first([json, xml], 'application/dicom+json; q=.2, multipart/related; type="application/dicom+xml"').offer,
    xml,
  );
  const inside = 'multipart/related; q=0.1; type="application/dicom+xml", application/dicom+json;q=0.5';
  assert.equal(first([json, xml], inside).offer, json);
  assert.equal(first([dicom, single], 'application/dicom, multipart/related; type="application/dicom"').offer, single);
  assert.equal(first([json, xml], '*/*, application/dicom+json;q=0').offer, xml);
  assert.throws(() => choose([json], 'application/dicom+json;q=0, */*'), { code: 'request/not-acceptable' });
});

test('behaviour 4: unknown alternatives are skipped; only unknown ones are not acceptable', () => {
  assert.equal(first([json, plainJson, xml], 'toto, application/dicom+json').offer, json);
  assert.equal(first([json, plainJson, xml], 'application/json').offer, plainJson);
  for (const header of ['toto', 'application/x-nonsense', 'image/*', 'multipart/related; type="text/plain"']) {
    assert.throws(() => choose([json, xml], header), { code: 'request/not-acceptable' }, header);
  }
});

test('behaviour 5: the accept query parameter takes the place of the header', () => {
  assert.equal(
    first([json, xml], 'application/dicom+json', ['multipart/related;type="application/dicom+xml"']).offer,
    xml,
  );
  assert.throws(() => choose([json], '*/*', ['image/jpeg']), { code: 'request/not-acceptable' });
});

test('PS3.18 8.7.3: every transfer syntax that is named is a choice of its own, best first', () => {
  const header =
    'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.80; q=0.5, ' +
    'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90, ' +
    'multipart/related; type="application/dicom"; q=0.1';
  assert.deepEqual(
    choose([dicom], header).map((choice) => choice.transferSyntaxUid),
    ['1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.80', undefined],
  );
});

test('a quoted string may hold commas, semicolons and escaped quotes', () => {
  const mediaType = parseMediaType('multipart/related; boundary="a,b;c\\"d"; type="application/dicom"');
  assert.equal(mediaType?.parameters.get('boundary'), 'a,b;c"d');
  assert.equal(mediaType?.parameters.get('type'), 'application/dicom');
  assert.equal(parseMediaType(undefined), undefined);
});
