// `fascia hl7 test MESSAGE` and `fascia hl7 send HOST:PORT FILE`: what we understand of a message, and a message on its way.

import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { parseListenAddress } from '../base/listen-address.ts';
import { asProblem } from '../base/problem.ts';
import type { Message } from '../hl7v2/message.ts';
import { eventOf, faultOf, handlingOf } from '../hl7v2/message-types.ts';
import { MllpSender } from '../hl7v2/mllp/sender.ts';
import { readQuery } from '../hl7v2/query.ts';
import { readBatch } from '../hl7v2/reader.ts';
import { ownsAuthority, type SenderProfile, takesEvent } from '../hl7v2/sender-profile.ts';
import { readAdt } from '../translate/adt.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Interface {
  name: string;
  profile: SenderProfile;
}

export const hl7Test: Command = {
  arguments: 'MESSAGE',
  summary: 'what we understand of an HL7 v2 message, and what would be answered',
  details: 'MESSAGE is a file, or - for standard input. Nothing is kept. Exit code 1: it would be refused.',
  options: {
    ...tenantOption,
    interface: { type: 'string', value: 'NAME', description: 'read it by the profile of this sender' },
  },
  arity: [1, 1],
  async run([file], options) {
    const bytes = await readInput(file!);
    const senders = typeof options.interface === 'string' ? await interfaces(options) : [];
    const sender = senders.find(({ name }) => name === options.interface);
    if (options.interface !== undefined && sender === undefined) {
      throw new CommandError(`no interface ${options.interface}`);
    }
    const profile = sender?.profile ?? {};
    const others = senders.filter((each) => each !== sender).map((each) => each.profile);
    const { messages } = readBatch(
      bytes,
      profile.characterSet === undefined ? {} : { characterSet: profile.characterSet },
    );
    const problems = messages.map((message) => explain(message, profile, others));
    return problems.some((problem) => problem !== undefined) ? 1 : 0;
  },
};

export const hl7Send: Command = {
  arguments: 'HOST:PORT FILE',
  summary: 'send the HL7 v2 messages of a file by MLLP, and show what is answered',
  options: { attempts: { type: 'string', value: 'N', description: 'how often a message is tried (default: 1)' } },
  arity: [2, 2],
  async run([at, file], { attempts = '1' }) {
    const address = at!.includes(':') ? parseListenAddress(at!) : undefined;
    if (address === undefined || address.port === 0) throw new UsageError(`${at} is no HOST:PORT`);
    if (!/^[1-9]\d{0,3}$/.test(String(attempts))) throw new UsageError('--attempts is a number from 1');
    const { messages } = readBatch(await readInput(file!));
    const sender = new MllpSender({ ...address, limits: { attempts: Number(attempts) } });
    let failed = 0;
    try {
      for (const message of messages) {
        const id = message.header.messageControlId;
        try {
          const answer = await sender.send(message);
          process.stdout.write(`${id}  ${answer?.segment('MSA')?.raw ?? 'sent; no acknowledgement is asked for'}\n`);
        } catch (error) {
          failed++;
          process.stderr.write(`${id}  ${asProblem(error).message}\n`);
        }
      }
    } finally {
      await sender.close();
    }
    return failed === 0 ? 0 : 1;
  },
};

/** Prints it; resolves to why it would be refused. */
function explain(message: Message, profile: SenderProfile, others: readonly SenderProfile[]): string | undefined {
  const { header } = message;
  const type = [header.messageCode, eventOf(message)].filter(Boolean).join('^');
  write(
    'message',
    `${type || 'without a type'}, version ${header.versionId || 'not stated'}, control id ${header.messageControlId || 'none'}`,
  );
  write('from', [header.sendingApplication, header.sendingFacility].filter(Boolean).join('@') || 'unnamed');
  write('character set', message.characterSet);
  write('segments', message.segments.map(({ name }) => name).join(' '));
  for (const { where, what, assumed } of message.findings) write('finding', `${where}: ${what}; assumed: ${assumed}`);
  const refusal = understand(message, profile, others);
  write('answer', refusal === undefined ? (handlingOf(message) === 'response' ? 'none' : 'AA') : refusal);
  return refusal;
}

function understand(message: Message, profile: SenderProfile, others: readonly SenderProfile[]): string | undefined {
  try {
    const fault = faultOf(message);
    if (fault !== undefined) throw fault;
    const handling = handlingOf(message);
    if (handling === 'query') printValue('query', readQuery(message));
    if (handling !== 'identity') return undefined;
    if (!takesEvent(profile, eventOf(message))) return 'AR  the profile does not take this event';
    const { sightings, assertions, visit } = readAdt(message, {
      id: 'test',
      site: message.header.sendingApplication,
      receivedAt: new Date().toISOString(),
      profile,
      owns: (issuer) => ownsAuthority(profile, issuer, others),
    });
    for (const { id, medium, ...patient } of sightings) printValue('patient', patient);
    for (const { type, of } of assertions) {
      const [one, other] = of.map(({ issuer, id }) => `${id} of ${issuer || 'nobody'}`);
      write('says', `${one} and ${other} are ${type === 'same' ? 'one person' : 'two people'}`);
    }
    if (visit !== undefined) printValue('visit', visit);
    return undefined;
  } catch (thrown) {
    const problem = asProblem(thrown);
    return `${problem.answers.ack}  ${problem.message}`;
  }
}

function printValue(label: string, value: object): void {
  for (const [name, part] of Object.entries(value)) {
    write(`${label}.${name}`, typeof part === 'string' ? part : JSON.stringify(part));
  }
}

function write(label: string, text: string): void {
  process.stdout.write(`${label.padEnd(24)}${text}\n`);
}

function interfaces(options: Parameters<typeof withApi>[1]): Promise<Interface[]> {
  return withApi((api) => api.call('GET', '/hl7/interfaces'), options) as Promise<Interface[]>;
}

async function readInput(file: string): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(process.stdin) : readFileSync(file);
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}
