// Which presentation contexts to propose for a set of instances: each SOP class in the transfer syntax it is stored in, and
// in the uncompressed ones that it can be written in. PS3.8 9.3.2.2, PS3.4 B.

import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  isUncompressed,
  transferSyntax,
} from '../dicom/transfer-syntax.ts';
import type { SendableInstance } from './handlers.ts';
import type { RoleSelection } from './pdu/user-information.ts';

export interface ContextProposal {
  abstractSyntax: string;
  transferSyntaxes: readonly string[];
  /** PS3.7 D.3.3.4; the default is that the requestor is SCU. */
  role?: Omit<RoleSelection, 'sopClassUid'>;
}

export interface AssociationPlan {
  contexts: ContextProposal[];
  instances: SendableInstance[];
}

/** As few associations as there must be: one has at most `contextLimit` contexts. The order of instances is kept within each. */
export function planAssociations(instances: readonly SendableInstance[], contextLimit: number): AssociationPlan[] {
  const plans: AssociationPlan[] = [];
  const planOf = new Map<string, AssociationPlan>();
  for (const instance of instances) {
    const { sopClassUid, transferSyntaxUid, transcodable } = instance;
    const key = `${sopClassUid} ${transferSyntaxUid}`;
    let plan = planOf.get(key);
    if (!plan) {
      const contexts = contextsFor(sopClassUid, transferSyntaxUid, transcodable?.transferSyntaxes);
      plan = plans.at(-1);
      if (!plan || plan.contexts.length + contexts.length > contextLimit) {
        plan = { contexts: [], instances: [] };
        plans.push(plan);
      }
      plan.contexts.push(...contexts);
      planOf.set(key, plan);
    }
    plan.instances.push(instance);
  }
  return plans;
}

function contextsFor(
  abstractSyntax: string,
  stored: string,
  transcodable: readonly string[] | undefined,
): ContextProposal[] {
  const syntax = transferSyntax(stored);
  const asStored = { abstractSyntax, transferSyntaxes: [stored] };
  const isPlain = syntax !== undefined && isUncompressed(syntax);
  const others = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN].filter(
    (uid) => uid !== stored && (isPlain || transcodable?.includes(uid)),
  );
  return others.length === 0 ? [asStored] : [asStored, { abstractSyntax, transferSyntaxes: others }];
}
