// What is done to one attribute and why: the profile's own word, then an option of PS3.15 Table E.1-1, then its Basic Profile by
// the type of the attribute in the IOD; and for what the table does not name, what its VR may hold.

import { entryOf } from '../dicom/dictionary.ts';
import { groupOf, isPrivate } from '../dicom/tag.ts';
import type { VR } from '../dicom/vr.ts';
import { attributeType } from './attribute-types.ts';
import { type Action, type CompoundAction, confidentialityRow } from './confidentiality-table.ts';
import { type Option, optionCodes, type Profile } from './profile.ts';

export interface Decision {
  action: Action;
  /** For whoever compares: where it is said. */
  reason: string;
  /** Whether text is to be cleaned as people write it, and not only of what is known. */
  isWritten?: true;
  /** Whether the profile says so by itself: what it keeps it keeps as it is. */
  isOwn?: true;
}

interface Place {
  /** Undefined where the instance does not say. */
  sopClassUid: string | undefined;
  /** Items around: types are known at the top alone. */
  depth: number;
}

/** Not for private attributes. */
export function decideAction(tag: number, vr: VR, profile: Profile, place: Place): Decision {
  const own = profile.attributes.get(tag);
  if (own !== undefined) return { action: own, reason: `profile ${profile.name}`, isWritten: true, isOwn: true };
  if (isDrawn(tag)) return { action: 'X', reason: `${TABLE}: an overlay or curve, in which nobody can look for words` };
  const row = confidentialityRow(tag);
  if (row === undefined) return unnamed(tag, vr, profile);
  const taken = optionOf(row.options, profile);
  if (taken !== undefined) {
    const [option, action] = taken;
    return { action, reason: `${optionCodes[option][0]} ${optionCodes[option][1]}`, isWritten: true };
  }
  if (!row.basic.includes('/')) return { action: row.basic as Action, reason: TABLE, isWritten: true };
  return compound(tag, row.basic as CompoundAction, place);
}

const TABLE = 'PS3.15 Table E.1-1';

/** What an option keeps it keeps; where several clean, they clean alike. */
function optionOf(options: ReadonlyMap<Option, Action>, profile: Profile): [Option, Action] | undefined {
  let taken: [Option, Action] | undefined;
  for (const [option, action] of options) {
    if (profile.options.has(option) && (taken === undefined || action === 'K')) taken = [option, action];
  }
  return taken;
}

/** PS3.15 Table E.1-1a: removed where Type 3, emptied where Type 2, a dummy where Type 1. What is not known gets the strictest. */
function compound(tag: number, actions: CompoundAction, { sopClassUid, depth }: Place): Decision {
  const type = depth === 0 ? attributeType(tag, sopClassUid) : undefined;
  const reason = `${TABLE} ${actions}, ${type === undefined ? 'type not known' : `Type ${type}`}`;
  // References to images are kept with other UIDs: without them localizers and measurements mean nothing.
  if (actions === 'X/Z/U*') return { action: 'U', reason };
  const [first, ...others] = actions.split('/') as Action[];
  const last = others.at(-1) ?? first!;
  const wanted = type === 3 ? 'X' : type === 2 ? 'Z' : type === 1 ? 'D' : last;
  // A dummy of Type 2 is right as well, and so is a value of Type 3 that is empty.
  const action = actions.split('/').includes(wanted) ? wanted : last;
  return { action, reason, isWritten: true };
}

/** Attributes that name classes, syntaxes and coding schemes, not objects: their UIDs are everybody's. */
const classUid =
  /SOPClass|ClassUID|TransferSyntax|CodingSchemeUID|ContextUID|MappingResourceUID|ContextGroupExtensionCreator|SpecializedSOP/;

function unnamed(tag: number, vr: VR, { options }: Profile): Decision {
  const entry = entryOf(tag);
  if (entry === undefined && !isPrivate(tag)) return { action: 'X', reason: 'no attribute of the standard' };
  if (groupOf(tag) < 0x0004) return { action: 'X', reason: 'no attribute of a data set' };
  const reason = 'not in PS3.15 Table E.1-1';
  switch (vr) {
    case 'PN':
      return { action: 'D', reason: `${reason}: names a person` };
    case 'UR':
    case 'AE':
      return { action: 'D', reason: `${reason}: an address` };
    case 'UI':
      if (classUid.test(entry?.keyword ?? '')) return { action: 'K', reason: `${reason}: names a class` };
      return { action: options.has('retain-uids') ? 'K' : 'U', reason: `${reason}: may name an object` };
    case 'DA':
    case 'DT':
      if (options.has('retain-full-dates')) return { action: 'K', reason };
      return { action: options.has('retain-modified-dates') ? 'C' : 'D', reason: `${reason}: a date` };
    case 'ST':
    case 'LT':
    case 'UT':
    case 'UC':
      return { action: 'C', reason: `${reason}: written text`, isWritten: true };
    default:
      return { action: 'K', reason };
  }
}

/** All of the plane: what describes it without its data is none. PS3.3 C.9.2. */
const isDrawn = (tag: number): boolean => tag >>> 24 === 0x60 || tag >>> 24 === 0x50;
