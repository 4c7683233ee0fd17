// The answers to one C-FIND identifier, from DICOM JSON to bytes (PS3.4 C.4.1.1.3.2): the attributes that it names and no
// others, empty where there is no value, in the asker's transfer syntax and character set. What is the same in all answers
// is made once.

import { Problem } from '../base/problem.ts';
import { concatenated } from './bytes.ts';
import { utf8 } from './character-set.ts';
import { DataSet } from './dataset.ts';
import { vrOf } from './dictionary.ts';
import { Element, isItems } from './element.ts';
import { isObject, JsonReader } from './json-reader.ts';
import type { AnswerForm } from './query.ts';
import { elementOf, hexOf } from './tag.ts';
import { transferSyntax } from './transfer-syntax.ts';
import type { VR } from './vr.ts';
import { writeDataSet } from './writer.ts';

const SPECIFIC_CHARACTER_SET = 0x0008_0005;

/** What an identifier says about itself and where it is answered from; the rest of it are keys. */
const aboutItself: ReadonlySet<number> = new Set([
  SPECIFIC_CHARACTER_SET,
  0x0008_0052, // Query/Retrieve Level
  0x0008_0054, // Retrieve AE Title
  0x0008_0056, // Instance Availability
  0x0008_0201, // Timezone Offset From UTC
]);

export const isKey = (tag: number): boolean => elementOf(tag) !== 0 && !aboutItself.has(tag);

interface Asked {
  tag: number;
  /** Its name in DICOM JSON. */
  hex: string;
  vr: VR;
  /** Of a sequence, what its items are asked for; undefined: the items as they are. */
  item?: readonly Asked[];
}

/**
 * `own` is what every answer says besides: the level, where to retrieve. Text is in the identifier's character set, or in
 * UTF-8 where that lacks a character.
 */
export function answerForm(identifier: DataSet, own: DataSet, transferSyntaxUid: string): AnswerForm {
  const syntax = transferSyntax(transferSyntaxUid)!;
  const { characterSet } = identifier;
  const isDeclared = identifier.has(SPECIFIC_CHARACTER_SET);
  const asked = askedBy(identifier);
  const parts = partsOf(asked, own, isDeclared ? characterSet.declared : undefined);
  const partsInUtf8 = partsOf(asked, own, utf8.declared);
  const constants = [...own.elements.values()].map(({ tag, vr }) => [tag, vr, own.texts(tag)]);
  return {
    key: JSON.stringify([syntax.uid, isDeclared, characterSet.declared, constants, asked]),
    encode(json) {
      const found = JSON.parse(json) as Record<string, unknown>;
      const reader = new JsonReader({ characterSet });
      const answer = answerOf(parts, found, reader);
      const fitting = reader.isBeyond ? answerOf(partsInUtf8, found, new JsonReader({ characterSet: utf8 })) : answer;
      return concatenated(writeDataSet(fitting, syntax));
    },
  };
}

/** In ascending order, as they are written. */
function askedBy(identifier: DataSet): Asked[] {
  const asked: Asked[] = [];
  for (const { tag, vr, value } of identifier.elements.values()) {
    if (!isKey(tag)) continue;
    const item = isItems(value) ? value[0] : undefined;
    asked.push({
      tag,
      hex: hexOf(tag),
      vr: vr === 'UN' ? vrOf(tag) : vr,
      ...(item && item.elements.size > 0 && { item: askedBy(item) }),
    });
  }
  return asked.sort((a, b) => a.tag - b.tag);
}

/** `declared`: the values of Specific Character Set; undefined where the answer has none. */
function partsOf(asked: readonly Asked[], own: DataSet, declared: readonly string[] | undefined): (Asked | Element)[] {
  const constants = new DataSet();
  if (declared !== undefined) constants.set(SPECIFIC_CHARACTER_SET, declared);
  return [...asked, ...constants.elements.values(), ...own.elements.values()].sort((a, b) => a.tag - b.tag);
}

function answerOf(parts: readonly (Asked | Element)[], found: Record<string, unknown>, reader: JsonReader): DataSet {
  const answer = reader.empty();
  for (const part of parts) {
    if (part instanceof Element) answer.add(part);
    else if (!copied(part, found[part.hex], answer, reader)) answer.add(emptyElement(part));
  }
  reader.close(answer);
  return answer;
}

const emptyElement = ({ tag, vr }: Asked): Element => Element.of(tag, vr, vr === 'SQ' ? [] : new Uint8Array(0));

/**
 * Whether there was something to copy. What was stored with characters or values that its VR does not allow has no place
 * in a data set of ours: it is as if it were not there, and hides nothing else.
 */
function copied({ tag, item }: Asked, found: unknown, answer: DataSet, reader: JsonReader): boolean {
  if (!isObject(found)) return false;
  if (item !== undefined) {
    if (found.vr !== 'SQ' || !Array.isArray(found.Value)) return false;
    const items = found.Value.map((each) => answerOf(item, isObject(each) ? each : {}, reader));
    answer.set(tag, items, 'SQ');
    return true;
  }
  try {
    reader.attribute(answer, tag, found);
  } catch (thrown) {
    if (thrown instanceof Problem) return false;
    throw thrown;
  }
  return answer.has(tag);
}
