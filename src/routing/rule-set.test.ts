import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type RuleOptions, RulesError, readRules, rulesOf, writeRules } from './rule-set.ts';
import { rulesOfSize } from './testing/studies.ts';

const night = `
zone: Europe/Berlin
rules:
  - name: stroke
    note: The stroke centre sees every head CT of the emergency room as it comes.
    when: '"CT" in study.modalities && study.description.like("*head*")'
    after: instance
    by: {at: order.neededBy, warn: 30m}
    series: series.modality != "SR"
    do:
      transform:
        - set: {InstitutionName: St. Mary}
        - remapUids: {}
      send:
        - to: [STROKE1, STROKE2]
          balance: person
          priority: STAT
          fallback: {to: ARCHIVE, after: 10m}
          bandwidth: [{days: [Mon, Tue], from: "08:00", to: "18:00", megabitsPerSecond: 20}]
        - ARCHIVE
  - name: all
    do: {send: ARCHIVE}
`;

function faults(yaml: string, options: Partial<RuleOptions> = {}): string[] {
  try {
    readRules(yaml, { version: '1', ...options });
    return [];
  } catch (error) {
    assert.ok(error instanceof RulesError);
    return error.message.split('\n');
  }
}

test('rules are read with their shorthands written out', () => {
  const { zone, rules } = readRules(night, { version: '7' });
  assert.equal(zone, 'Europe/Berlin');
  assert.deepEqual(
    rules.map(({ name, after, enabled, last }) => [name, after, enabled, last]),
    [
      ['stroke', 'instance', true, false],
      ['all', 'study', true, false],
    ],
  );
  const [first, second] = rules[0]!.send;
  assert.deepEqual(first!.to, ['STROKE1', 'STROKE2']);
  assert.deepEqual(first!.fallback, { destination: 'ARCHIVE', afterMs: 600_000 });
  assert.deepEqual(second, { to: ['ARCHIVE'], balance: 'study', priority: 'ROUTINE', schedule: [], bandwidth: [] });
  assert.equal(rules[0]!.by!.warnMs, 1_800_000);
  assert.equal(rules[1]!.form, '');
});

test('what was read and written reads back as the same rules', () => {
  for (const yaml of [night, rulesOfSize(30)]) {
    const first = readRules(yaml, { version: '1' });
    const again = readRules(writeRules(first), { version: '1' });
    assert.deepEqual(again.document, first.document);
    assert.deepEqual(rulesOf(parse(yaml), { version: '1' }).document, first.document);
  }
});

test('an unknown key is refused with its line and the key that was meant', () => {
  assert.deepEqual(faults('rules:\n  - name: a\n    wen: order.known\n    do: {send: A}\n'), [
    'line 3: rules[0].wen: unknown key wen; did you mean when?',
  ]);
  assert.deepEqual(faults('rules:\n  - name: a\n    do:\n      send:\n        - to: A\n          priorty: STAT\n'), [
    'line 6: rules[0].do.send[0].priorty: unknown key priorty; did you mean priority?',
  ]);
  assert.deepEqual(faults('rules:\n  - name: a\n    do:\n      send: A\n      transform:\n        - remov: [X]\n'), [
    'line 6: rules[0].do.transform[0]: no step remov; did you mean remove?; a step is one of set, copy, remove, map, standardise, coerce, remapUids, splitSeries, mergeSeries, deidentify, transcode',
  ]);
});

test('a value that cannot be is refused with those that can', () => {
  assert.deepEqual(faults('rules:\n  - name: a\n    after: studdy\n    do: {send: A}\n'), [
    'line 3: rules[0].after: after must be one of instance, series, study; did you mean study?',
  ]);
  assert.deepEqual(faults('rules:\n  - name: a\n    do:\n      send: [{to: A, fallback: {to: B, after: soon}}]\n'), [
    'line 4: rules[0].do.send[0].fallback.after: after must be how long the first may take: 90s, 10m, 2h, 1d',
  ]);
  assert.deepEqual(faults('rules:\n  - name: a\n    do: {}\n'), [
    'line 3: rules[0].do: does nothing: send or prefetch is missing',
  ]);
  assert.deepEqual(faults('zone: Europe/Berlim\nrules: []\n'), ['line 1: zone: no time zone Europe/Berlim']);
});

test('all faults of a file are told at once: conditions, attributes, destinations, names', () => {
  const yaml = `
rules:
  - name: a
    when: study.modalty == "CT"
    do:
      transform:
        - set: {PatientNam: X}
        - set: {StudyInstanceUID: "1.2"}
        - transcode: {to: 1.2.840.10008.1.2.4.91}
      send: ARCHIV
  - name: a
    do: {send: ARCHIVE}
`;
  const told = faults(yaml, { destinations: ['ARCHIVE', 'STROKE'] });
  assert.equal(told.length, 6);
  assert.match(told[0]!, /^line 4: rules\[0\]\.when: no fact study\.modalty/);
  assert.equal(
    told[1],
    'line 7: rules[0].do.transform[0].set.PatientNam: no attribute PatientNam; did you mean PatientName?',
  );
  assert.match(told[2]!, /^line 8: .*remapUids gives it another$/);
  assert.match(told[3]!, /^line 9: .*JPEG 2000 Image Compression loses information/);
  assert.equal(told[4], 'line 10: rules[0].do.send: no destination ARCHIV; did you mean ARCHIVE?');
  assert.equal(told[5], 'line 11: rules[1].name: a rule before has the name a');
});

test('whatever else stands somewhere in a rule set is refused with its place, or can be used', () => {
  const document = parse(night);
  const places: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) places.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) walk(below, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(document, []);
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.anything(), (path, value) => {
      const other = structuredClone(document);
      const holder = path.slice(0, -1).reduce((at, key) => at[key], other);
      holder[path.at(-1)!] = value;
      try {
        rulesOf(other, { version: '1' });
      } catch (error) {
        assert.ok(error instanceof RulesError, String(error));
        for (const { message } of error.faults) assert.doesNotMatch(message, /\[object/);
      }
    }),
    { numRuns: 1000 },
  );
});

test('what is no YAML, too long, or a bomb of aliases is refused', () => {
  assert.match(faults('rules: [')[0]!, /^line 1: /);
  assert.match(faults(`#${'x'.repeat(2_000_001)}`)[0]!, /longer than/);
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${Array(10).fill(`*${'abcdefg'[i]}`)}]`),
  ];
  assert.match(faults(`${bomb.join('\n')}\nrules: []\n`)[0]!, /alias/i);
  assert.match(faults('')[0]!, /expected object/i);
});
