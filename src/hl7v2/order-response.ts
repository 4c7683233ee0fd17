// Responses to orders: ORR^O02, ORI^O24 and ORG^O20, which say of each order what became of it. HL7 v2.8.2 4.4.1, 4.4.3 and
// 4.4.13, table 0119.

import type { Problem } from '../base/problem.ts';
import type { Message } from './message.ts';
import { components, type Segment, segment } from './segment.ts';

/** MSH-9 of the response, by that of the order. */
const responses: Readonly<Record<string, readonly [code: string, event: string, structure: string]>> = {
  ORM: ['ORR', 'O02', 'ORR_O02'],
  OMI: ['ORI', 'O24', 'ORI_O24'],
  OMG: ['ORG', 'O20', 'ORG_O20'],
};

/** What is answered to a control code where it was done, and where it could not be. */
const answers: Readonly<Record<string, readonly [done: string, unable: string]>> = {
  NW: ['OK', 'UA'],
  CA: ['CR', 'UC'],
  DC: ['DR', 'UD'],
  HD: ['HR', 'UH'],
  RL: ['OE', 'UR'],
  XO: ['XR', 'UX'],
  RP: ['RQ', 'UM'],
};

/** undefined for a message that is no order. */
export function orderResponse(
  message: Message,
  problem: Problem | undefined,
): { type: string; segments: Segment[] } | undefined {
  const type = responses[message.header.messageCode];
  if (type === undefined) return undefined;
  return { type: components(type), segments: message.all('ORC').map((orc) => answerTo(orc, problem)) };
}

function answerTo(orc: Segment, problem: Problem | undefined): Segment {
  const [done, unable] = answers[orc.text(1).toUpperCase()] ?? ['OK', 'UA'];
  // Delimiters of ours: what the order is called is written anew.
  const number = (field: number): string => components([1, 2, 3, 4].map((part) => orc.text(field, part)));
  return segment('ORC', [problem === undefined ? done : unable, number(2), number(3)]);
}
