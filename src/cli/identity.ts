// `fascia identity explain|merge|unmerge`: why registrations are one person or are not, and the decisions of people, each of
// which can be taken back. A person is meant by id, a registration as ISSUER|ID.

import type { ApiAccess } from '../server/doors/api-access.ts';
import { type Command, CommandError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Identifier {
  issuer: string;
  id: string;
}

interface Person {
  id: string;
  identifiers: Identifier[];
}

interface Evidence {
  comparison: string;
  level: string;
  bits: number;
}

interface Explained {
  id: string;
  pairs: {
    of: [Identifier, Identifier];
    explanation?: {
      modelVersion: string;
      joined: boolean;
      evidence: Evidence[];
      bits: number;
      probability: number;
      veto?: { code: string; text: string };
    };
  }[];
  statements: { id: string; type: string; of: [Identifier, Identifier]; timestamp: string; authoritative: boolean }[];
}

const registrations = 'A person is meant by its id, or by one of its registrations as "ISSUER|ID".';

export const identityExplain: Command = {
  arguments: 'ID',
  summary: 'why the registrations of a person are one, and what was decided of them',
  details: `${registrations}\nEvidence is in bits: log2 of how much more likely it is for one person than for two.`,
  options: { ...tenantOption, json: { type: 'boolean', description: 'as JSON' } },
  arity: [1, 1],
  async run([id], options) {
    const explained = await withApi(async (api) => {
      const person = await personOf(api, id!);
      return (await api.call('GET', `/identity/explain/${encodeURIComponent(person.id)}`)) as Explained;
    }, options);
    process.stdout.write(options.json ? `${JSON.stringify(explained, null, 2)}\n` : print(explained));
    return 0;
  },
};

export const identityMerge: Command = {
  arguments: 'A B',
  summary: 'decide that two registrations are one person',
  details: `${registrations} What is printed takes the decision back: fascia identity unmerge.`,
  options: {
    ...tenantOption,
    reason: { type: 'string', value: 'TEXT', description: 'why; it stays with the decision' },
  },
  arity: [2, 2],
  async run([one, other], options) {
    const entry = await withApi(async (api) => {
      const of = [await registrationOf(api, one!), await registrationOf(api, other!)];
      return decided(api, { type: 'same', of, ...(options.reason !== undefined && { reason: options.reason }) });
    }, options);
    process.stdout.write(`${entry}\n`);
    return 0;
  },
};

export const identityUnmerge: Command = {
  arguments: 'DECISION',
  summary: 'take a decision or a merge back, by the number that merge printed or explain shows',
  options: tenantOption,
  arity: [1, 1],
  async run([entry], options) {
    await withApi((api) => decided(api, { type: 'retract', entry }), options);
    process.stdout.write(`${entry} is taken back\n`);
    return 0;
  },
};

async function decided(api: ApiAccess, decision: object): Promise<string> {
  const { entry } = (await api.call('POST', '/identity/decisions', decision)) as { entry: string };
  return entry;
}

async function personOf(api: ApiAccess, text: string): Promise<Person> {
  const registration = readRegistration(text);
  if (registration === undefined)
    return (await api.call('GET', `/identity/persons/${encodeURIComponent(text)}`)) as Person;
  const [person] = (await api.call('GET', `/identity/persons?${new URLSearchParams({ ...registration })}`)) as Person[];
  if (person === undefined) throw new CommandError(`no registration ${text}`);
  return person;
}

async function registrationOf(api: ApiAccess, text: string): Promise<Identifier> {
  const registration = readRegistration(text);
  if (registration !== undefined) return registration;
  const [first] = (await personOf(api, text)).identifiers;
  if (first === undefined) throw new CommandError(`the person ${text} has no registration`);
  return { issuer: first.issuer, id: first.id };
}

/** undefined for the id of a person, which has no bar. */
function readRegistration(text: string): Identifier | undefined {
  const bar = text.indexOf('|');
  return bar < 0 ? undefined : { issuer: text.slice(0, bar), id: text.slice(bar + 1) };
}

function print({ id, pairs, statements }: Explained): string {
  const told = pairs.map(({ of: [one, other], explanation }) => {
    const head = `\n${write(one)} and ${write(other)}`;
    if (explanation === undefined) return `${head}\n`;
    const { joined, evidence, bits, probability, veto, modelVersion } = explanation;
    const rows = evidence.map(({ comparison, level, bits: each }) => [comparison, level, each.toFixed(1)]);
    const verdict = `${joined ? 'one person' : 'two people'}, model ${modelVersion}`;
    const table = columns([...rows, ['sum', `probability ${probability.toFixed(6)}`, bits.toFixed(1)]]);
    return `${head}: ${verdict}\n${table}${veto === undefined ? '' : `  against it: ${veto.text}\n`}`;
  });
  const rows = statements.map(({ id: entry, type, of, timestamp, authoritative }) => [
    entry,
    type,
    ...of.map(write),
    timestamp,
    authoritative ? '' : 'not applied: its sender does not own the identifiers',
  ]);
  const said = rows.length === 0 ? '' : `\nasserted and decided\n${columns(rows)}`;
  return `person ${id}\n${pairs.length === 0 ? '\none registration\n' : told.join('')}${said}`;
}

const write = ({ issuer, id }: Identifier): string => `${issuer}|${id}`;
