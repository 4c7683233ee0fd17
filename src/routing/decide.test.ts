import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from './decide.ts';
import { dryRun } from './dry-run.ts';
import { explain } from './explain.ts';
import { readRules } from './rule-set.ts';
import { headCt, rulesOfSize, studiesOf } from './testing/studies.ts';

const at = new Date('2026-11-23T08:00:00Z');
const rules = (yaml: string, version = '1') => readRules(yaml, { version });
const decided = (yaml: string, facts = headCt()) => decide(rules(yaml), facts, { at });

test('a stat CT head goes to the stroke centre as it comes, and to the archive when it is complete', () => {
  const { deliveries } = decided(`
rules:
  - name: stroke
    when: order.priority == "STAT" && study.description.like("*head*")
    after: instance
    by: {at: order.neededBy, warn: 30m}
    do: {send: [{to: STROKE, priority: STAT}]}
  - name: all
    do: {send: ARCHIVE}
`);
  assert.deepEqual(
    deliveries.map(({ destination, priority, after, series }) => [destination, priority, after, series.length]),
    [
      ['STROKE', 'STAT', 'instance', 2],
      ['ARCHIVE', 'ROUTINE', 'study', 2],
    ],
  );
  assert.deepEqual(deliveries[0]!.deadline, {
    at: new Date('2026-11-23T12:00:00Z'),
    warnAt: new Date('2026-11-23T11:30:00Z'),
  });
});

test('what two rules ask for is delivered once, as urgently as the more urgent asks', () => {
  const { deliveries } = decided(`
rules:
  - name: all
    do: {send: ARCHIVE}
  - name: thin
    after: series
    series: series.sliceThickness < 1.0
    do: {send: [{to: ARCHIVE, priority: HIGH}]}
`);
  assert.deepEqual(
    deliveries.map(({ rules, priority, after, series }) => [rules, priority, after, series]),
    [
      [['all'], 'ROUTINE', 'study', ['2.25.101']],
      [['all', 'thin'], 'HIGH', 'series', ['2.25.102']],
    ],
  );
});

test('a destination gets a series in one form only: that of the rule which stands first', () => {
  const yaml = `
rules:
  - name: research
    do: {transform: [{deidentify: {profile: basic}}], send: LAB}
  - name: all
    do: {send: LAB}
`;
  const { deliveries } = decided(yaml);
  assert.deepEqual(
    deliveries.map(({ rules, form }) => [rules, form]),
    [[['research'], '[{"deidentify":{"profile":"basic"}}]']],
  );
  const { destinations } = explain(rules(yaml), headCt(), { at });
  assert.equal(destinations[0]!.because[1], 'all applies, but research sends in another form');
});

test('a rule that is not enabled, or stands after a last one, is not asked', () => {
  const { rules: outcomes } = decided(`
rules:
  - {name: a, enabled: false, do: {send: A}}
  - {name: b, last: true, do: {send: B}}
  - {name: c, do: {send: C}}
`);
  assert.deepEqual(outcomes, [
    { rule: 'a', outcome: 'not-asked', because: 'it is not enabled' },
    { rule: 'b', outcome: 'applies' },
    { rule: 'c', outcome: 'not-asked', because: 'b applies, and is the last' },
  ]);
});

test('a study stays with the destination that its load was balanced to; others are spread', () => {
  const yaml = 'rules: [{name: a, do: {send: [{to: [W1, W2, W3]}]}}]';
  const set = rules(yaml);
  const chosen = (n: number) =>
    decide(set, headCt({ study: { uid: `2.25.${n}`, series: [{ uid: '1' }] } }), { at }).deliveries[0]!;
  const counts: Record<string, number> = {};
  for (let n = 0; n < 3000; n++) {
    const { destination, alternatives } = chosen(n);
    counts[destination] = (counts[destination] ?? 0) + 1;
    assert.equal(alternatives.length, 2);
    assert.equal(chosen(n).destination, destination);
  }
  for (const count of Object.values(counts)) assert.ok(count > 900 && count < 1100, `${count}`);
});

test('balanced by person, the priors of a patient lie where the new study goes; by load, the idlest gets it', () => {
  const byPerson = rules('rules: [{name: a, do: {send: [{to: [W1, W2, W3, W4], balance: person}]}}]');
  const places = Array.from({ length: 20 }, (_, n) => {
    const facts = headCt({ study: { uid: `2.25.${n}`, series: [{ uid: '1' }] } });
    return decide(byPerson, facts, { at }).deliveries[0]!.destination;
  });
  assert.equal(new Set(places).size, 1);
  const byLoad = rules('rules: [{name: a, do: {send: [{to: [W1, W2, W3], balance: idlest}]}}]');
  const backlog = (name: string) => ({ W1: 900, W2: 10, W3: 50 })[name]!;
  const [delivery] = decide(byLoad, headCt(), { at, backlog }).deliveries;
  assert.deepEqual([delivery!.destination, ...delivery!.alternatives], ['W2', 'W3', 'W1']);
});

test('a deadline that is not known is none, and the study is sent all the same', () => {
  const { deliveries } = decided('rules: [{name: a, by: order.neededBy, do: {send: A}}]', headCt({ order: {} }));
  assert.equal(deliveries.length, 1);
  assert.equal('deadline' in deliveries[0]!, false);
});

test('explain says of each destination why and why not, with the values that were seen', () => {
  const set = rules(`
rules:
  - name: children
    when: person.ageYears < 16 && order.priority == "STAT"
    do: {send: CHILDREN}
  - name: weekend
    when: time.weekday in ["Sat", "Sun"] || source.facility == "WEST"
    do: {send: TELE}
  - name: stay
    when: person.ageDays < 28
    do: {send: NEONATES}
  - name: all
    do: {send: ARCHIVE}
`);
  const explanation = explain(set, headCt(), { at });
  assert.deepEqual(
    explanation.destinations.map(({ destination, sent, because }) => [destination, sent, because[0]]),
    [
      ['CHILDREN', false, 'children does not apply: person.ageYears < 16 is false, because person.ageYears is 71'],
      [
        'TELE',
        false,
        'weekend does not apply: time.weekday in ["Sat", "Sun"] || source.facility == "WEST" is false, because time.weekday is "Mon", source.facility is "ER"',
      ],
      ['NEONATES', false, 'stay is undecided: person.ageDays is not known'],
      ['ARCHIVE', true, 'all applies: 2 series, ROUTINE, after study'],
    ],
  );
  const { terms } = explanation.rules[0]!.condition!;
  assert.deepEqual(terms, [
    { text: 'person.ageYears < 16', result: false, seen: { 'person.ageYears': 71 } },
    { text: 'order.priority == "STAT"', result: true, seen: { 'order.priority': 'STAT' } },
  ]);
  assert.ok(JSON.stringify(explanation).length > 0);
});

test('a series for which the choice is undecided is not sent, and the explanation says why', () => {
  const yaml = `
rules:
  - {name: thin, series: series.sliceThickness < 1.0, do: {send: [{to: WORKSTATION, fallback: {to: SPARE, after: 5m}}]}}
`;
  const facts = headCt({
    study: {
      uid: '2.25.100',
      series: [{ uid: '1', sliceThickness: 0.6 }, { uid: '2' }, { uid: '3', sliceThickness: 5 }],
    },
  });
  const { rules: explained, destinations, decision } = explain(rules(yaml), facts, { at });
  assert.deepEqual(decision.deliveries[0]!.series, ['1']);
  assert.deepEqual(explained[0]!.series, { 1: true, 2: 'undecided: series.sliceThickness is not known', 3: false });
  assert.deepEqual(destinations[1], {
    destination: 'SPARE',
    sent: false,
    because: ['thin applies, and falls back on it where WORKSTATION does not take it'],
  });
});

test('a dry run tells which studies would go elsewhere, and counts by rule and destination', () => {
  const before = rules(`
rules:
  - {name: ct, when: '"CT" in study.modalities', do: {send: A}}
  - {name: all, do: {send: ARCHIVE}}
`);
  const after = rules(
    `
rules:
  - {name: ct, when: '"CT" in study.modalities && order.priority == "STAT"', do: {send: A}}
  - {name: all, do: {send: [{to: ARCHIVE, priority: HIGH}]}}
  - {name: mr, when: '"MR" in study.modalities', do: {send: B}}
`,
    '2',
  );
  const mr = headCt({ study: { uid: '2.25.200', modalities: ['MR'], series: [{ uid: '2.25.201' }] } });
  const routine = headCt({ order: { priority: 'ROUTINE' } });
  const run = dryRun(
    before,
    after,
    [headCt(), routine, mr].map((facts) => ({ facts, at })),
  );
  assert.equal(run.changedStudies, 3);
  assert.deepEqual(run.destinations, {
    A: { before: 2, after: 1 },
    ARCHIVE: { before: 3, after: 3 },
    B: { before: 0, after: 1 },
  });
  assert.deepEqual(
    run.changes.map(({ studyUid, destination, kind }) => [studyUid, destination, kind]),
    [
      ['2.25.100', 'ARCHIVE', 'differs'],
      ['2.25.100', 'A', 'ends'],
      ['2.25.100', 'ARCHIVE', 'differs'],
      ['2.25.200', 'ARCHIVE', 'differs'],
      ['2.25.200', 'B', 'begins'],
    ],
  );
  assert.deepEqual(run.rules.ct, { before: { applies: 2, undecided: 0 }, after: { applies: 1, undecided: 0 } });
});

test('the same rules change nothing', () => {
  const set = rules(rulesOfSize(30));
  const past = studiesOf(200, 7).map((facts) => ({ facts, at }));
  const run = dryRun(set, set, past);
  assert.equal(run.studies, 200);
  assert.equal(run.changedStudies, 0);
});
