import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lexicon } from './lexicon.ts';
import { parse } from './parse.ts';

const lexicon = new Lexicon();
const concepts = (text: string): string[] => parse(text, lexicon).mentions.flatMap((mention) => mention.concepts);

test('German compounds are taken apart', () => {
  assert.ok(concepts('Schultergelenksarthrographie').includes('shoulder'));
  assert.ok(concepts('Thoraxröntgen').includes('modality XR'));
});

test('umlauts are read however they are written', () => {
  for (const text of ['Schädel', 'SCHAEDEL', 'Schadel']) assert.ok(concepts(text).includes('head'), text);
});

test('a letter left out, doubled or swapped leaves the word what it is', () => {
  for (const text of ['SHOUDLER', 'abdommen', 'CERVCAL SPINE', 'rodila derecha']) {
    assert.ok(parse(text, lexicon).unknown.length === 0, text);
  }
  assert.ok(concepts('SHOUDLER').includes('shoulder'));
});

test('a word means what it means in the language that the others speak', () => {
  assert.ok(concepts('RM ginocchio dx senza mdc').includes('side R'), 'Italian destra');
  assert.ok(concepts('TC tórax sin contraste').includes('contrast without'), 'Spanish sin');
  assert.ok(concepts('MR knä sin').includes('side L'), 'Swedish sinister');
  assert.ok(concepts('RM joelho E').includes('side L'), 'Portuguese esquerdo');
});

test('order codes are a modality, a part and a side in one word', () => {
  assert.deepEqual(concepts('XKNER').sort(), ['knee', 'modality XR', 'side R']);
  assert.ok(concepts('CTABDPELW').includes('abdomen and pelvis'));
});

test('Chinese, Japanese and Korean need no spaces', () => {
  assert.ok(concepts('胸腹部骨盤造影CT').includes('chest, abdomen and pelvis'));
  assert.ok(concepts('左膝关节MR平扫').includes('contrast without'));
  assert.ok(concepts('우측무릎MRI').includes('side R'));
});
