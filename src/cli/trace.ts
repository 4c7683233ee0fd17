// `fascia trace`: each PDU and message of the running node in the standard's words, as it happens.

import { createInterface } from 'node:readline';
import { loadConfig } from '../base/config.ts';
import { streamFromNode } from '../server/doors/api-access.ts';
import { type Command, CommandError } from './command.ts';

interface Line {
  at: string;
  associationId: string;
  callingAeTitle: string;
  direction: 'received' | 'sent' | 'local';
  text: string;
}

const arrows = { received: '→', sent: '←', local: '·' };

export const trace: Command = {
  summary: 'each PDU of the running node in the standard’s words, live',
  details: 'Values of data sets are never shown. Ends with the node, or with Ctrl-C.',
  options: {
    ae: { type: 'string', value: 'AET', description: 'only associations with this calling AE title' },
    json: { type: 'boolean', description: 'one JSON object a line' },
  },
  arity: [0, 0],
  async run(_args, { ae, json }) {
    const { config } = loadConfig();
    const query = ae === undefined ? '' : `?ae=${encodeURIComponent(String(ae))}`;
    const stream = await streamFromNode(config, `/trace${query}`);
    if (stream === undefined) throw new CommandError(`no node runs on ${config.data}`);
    // Ctrl-C ends it, which is no failure.
    process.once('SIGINT', () => process.exit(0));
    process.stderr.write('listening; Ctrl-C ends\n');
    try {
      for await (const line of createInterface({ input: stream })) {
        process.stdout.write(json ? `${line}\n` : print(JSON.parse(line)));
      }
    } catch (error) {
      // The node stops: that is the end of what there is to see.
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    }
    return 0;
  },
};

function print({ at, associationId, callingAeTitle, direction, text }: Line): string {
  const lead = `${at.slice(11, 23)} ${associationId.slice(0, 8)} ${callingAeTitle.padEnd(16)} ${arrows[direction]} `;
  return `${lead}${text.replaceAll('\n', `\n${' '.repeat(lead.length)}`)}\n`;
}
