// `fascia normalise discover`: what the private elements in a folder might mean, by the values they have; without a node.

import { stat } from 'node:fs/promises';
import { printPrivateTag } from '../normalize/acquisition/private-tag.ts';
import { propose, trusted } from '../normalize/discovery/propose.ts';
import { type Command, UsageError } from './command.ts';
import { readHeads } from './read-heads.ts';

export const normaliseDiscover: Command = {
  arguments: 'DIR',
  summary: 'what the private elements of a folder might mean',
  details:
    'One line of JSON a private element whose values follow a standard attribute or a derived quantity: the proposals, most\n' +
    `likely first, with their evidence. A confidence of ${trusted} and more may be trusted; the more series, the surer.`,
  arity: [1, 1],
  async run([folder]) {
    if (!(await stat(folder!).catch(() => undefined))?.isDirectory()) throw new UsageError(`${folder} is no folder`);
    const { objects } = await readHeads(folder!);
    const found = [...propose(objects).values()].toSorted((a, b) => b[0]!.confidence - a[0]!.confidence);
    for (const proposals of found) {
      const told = proposals.map(({ from, ...proposal }) => proposal);
      process.stdout.write(`${JSON.stringify({ element: printPrivateTag(proposals[0]!.from), proposals: told })}\n`);
    }
    return 0;
  },
};
