import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { headCt } from '../testing/studies.ts';
import { type Asks, ConditionFault, compileCondition, evaluate } from './condition.ts';
import { prepareFacts } from './prepared-facts.ts';

const monday = new Date('2026-11-23T06:35:00Z');
const facts = prepareFacts(headCt(), monday, 'Europe/Berlin');
const ask = (text: string, of = facts) => evaluate(compileCondition(text, 'study').terms, of);

function faultOf(text: string, asks: Asks = 'study'): string {
  try {
    compileCondition(text, asks);
  } catch (fault) {
    assert.ok(fault instanceof ConditionFault);
    return `${fault.at}: ${fault.message}`;
  }
  return 'none';
}

test('a condition asks for the study, its series, the order, the sender and the clock on the wall', () => {
  for (const text of [
    '"CT" in study.modalities && study.description.like("*head*")',
    'study.series.exists(s, s.modality == "CT" && s.sliceThickness < 1.0)',
    'order.priority == "STAT" && source.aeTitle == "CT1"',
    'time.weekday == "Mon" && time.clock == "07:35" && time.date == "2026-11-23"',
    'tenant == "st-mary" && person.ageYears >= 18 && study.instances == 240',
  ]) {
    assert.deepEqual(ask(text), { value: true }, text);
  }
});

test('a misspelt fact is refused when the rule is read, with the name that was meant', () => {
  assert.equal(faultOf('stdy.uid == "1"'), '0: no fact stdy here; did you mean study?');
  assert.equal(faultOf('study.descripton == "x"'), '6: no fact study.descripton; did you mean description?');
  assert.equal(faultOf('study.series.exists(s, s.modalty == "CT")'), '25: no fact s.modalty; did you mean modality?');
  assert.equal(faultOf('known(order.priorty)'), '12: no fact order.priorty; did you mean priority?');
});

test('whatever is written as a condition is compiled or refused, and never decides by an exception', () => {
  const tokens = fc.constantFrom(
    ...['study', '.', 'uid', 'series', '(', ')', 'exists', 's', ',', '"x"', '==', '&&', '!', '[', ']', '1', '<', 'in'],
    ...['known', '?', ':', 'time.now', '-', 'duration("1s")', 'person.ageYears', '||', 'true'],
  );
  fc.assert(
    fc.property(fc.array(tokens, { maxLength: 10 }), (written) => {
      const fault = faultOf(written.join(' '));
      if (fault === 'none') assert.ok(ask(written.join(' ')));
    }),
    { numRuns: 3000 },
  );
});

test('what hides its type, or a fact, from the check is refused', () => {
  assert.match(faultOf('dyn(study).udi == 1'), /dyn\(\) is not offered/);
  assert.equal(faultOf('study["udi"] == "x"'), '0: no fact study["udi"]');
  assert.equal(faultOf('series.uid == "x"'), '0: no fact series here');
  assert.equal(faultOf('series.uid == "x"', 'series'), 'none');
  assert.match(faultOf('study.constructor == "x"'), /no fact study\.constructor/);
});

test('a condition of the wrong type is refused when the rule is read', () => {
  assert.match(faultOf('study.instances == "240"'), /no such overload: int == string/);
  assert.match(faultOf('study.series.exists(s, s.sliceThickness == 5)'), /write the whole number as 5\.0$/);
  assert.equal(faultOf('study.description'), '0: gives string, but yes or no is asked for');
  assert.equal(faultOf('study.instances > 3', 'moment'), '0: gives bool, but a moment is asked for');
  assert.equal(faultOf('order.neededBy - duration("30m")', 'moment'), 'none');
  assert.match(faultOf('study.uid =='), /unexpected token/);
});

test('what may take long is refused when the rule is read', () => {
  const pairs = 'study.series.all(a, study.series.exists(b, b.uid == a.uid))';
  assert.match(faultOf(pairs), /may take \d+ steps for one study/);
  assert.match(faultOf('study.description.matches("(a+)+b")'), /matches\(\) is not offered/);
  const many = (count: number) => Array.from({ length: count }, (_, n) => `source.aeTitle == "CT${n}"`).join(' || ');
  assert.equal(faultOf(many(60)), 'none');
  assert.match(faultOf(many(2000)), /exceeded|limit/i);
  assert.equal(faultOf('["CT", "MR"].exists(m, study.series.exists(s, s.modality == m))'), 'none');
});

test('a number that is not known makes a condition undecided, text that is not known is empty', () => {
  const unknownAge = prepareFacts(headCt({ person: {}, order: {} }), monday, 'UTC');
  assert.deepEqual(ask('person.ageYears < 16', unknownAge), { unknown: 'person.ageYears is not known' });
  assert.deepEqual(ask('!(person.ageYears < 16)', unknownAge), { unknown: 'person.ageYears is not known' });
  assert.deepEqual(ask('known(person.ageYears)', unknownAge), { value: false });
  assert.deepEqual(ask('order.priority != "STAT"', unknownAge), { value: true });
  assert.deepEqual(ask('known(order.priority)', unknownAge), { value: false });
});

test('CEL: what is unknown matters only where the rest does not decide', () => {
  const unknownAge = prepareFacts(headCt({ person: {} }), monday, 'UTC');
  assert.deepEqual(ask('person.ageYears < 16 || order.priority == "STAT"', unknownAge), { value: true });
  assert.deepEqual(ask('person.ageYears < 16 && order.priority == "LOW"', unknownAge), { value: false });
  assert.ok('unknown' in ask('person.ageYears < 16 || order.priority == "LOW"', unknownAge));
});

test('terms evaluated one by one give what the language gives for the whole', () => {
  const leaf = fc.constantFrom('order.known', 'study.lossy', 'person.ageYears < 16', '"CT" in study.modalities');
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      tie('condition').map((a) => `!(${a})`),
      fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a}) && (${b})`),
      fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a}) || (${b})`),
    ),
  }));
  fc.assert(
    fc.property(condition, fc.boolean(), (text, ageKnown) => {
      const of = prepareFacts(headCt(ageKnown ? {} : { person: {} }), monday, 'UTC');
      // A conditional is evaluated as a whole, so it is the language's own answer.
      const whole = ask(`true ? (${text}) : false`, of);
      const parts = ask(text, of);
      assert.equal('value' in parts && parts.value, 'value' in whole && whole.value);
      assert.equal('unknown' in parts, 'unknown' in whole);
    }),
    { numRuns: 200 },
  );
});
