// Copies that were delivered under a patient who turned out to be another: what became of their correction, until the receiver
// has it or somebody has seen to it.

import { OpenList } from './open-list.tsx';
import { type Correction, corrections } from './routing.ts';
import { StudyLink } from './study-link.tsx';

export function CorrectedCopies() {
  return (
    <OpenList<Correction>
      what="corrections"
      title="Copies to correct"
      rows={corrections}
      none="No receiver has copies under a wrong patient."
      name={({ destination, studyInstanceUid }) => `the copies of ${studyInstanceUid} at ${destination}`}
      columns={[
        {
          header: 'Study',
          cell: ({ studyInstanceUid }) => <StudyLink uid={studyInstanceUid} />,
        },
        { header: 'At', cell: ({ destination }) => destination },
        { header: 'Copies', cell: ({ instances }) => instances },
        { header: 'What became of it', cell: sentence },
      ]}
    />
  );
}

const sentences: Record<Correction['state'], string> = {
  queued: 'the rejection note waits',
  sent: 'the receiver has the rejection note',
  failed: 'the receiver refused the rejection note',
  told: 'to be corrected there by hand',
};

function sentence({ state, outstanding, problem }: Correction): string {
  const reason = problem === null ? '' : ` (${problem})`;
  const rest = state === 'sent' ? `; ${outstanding} of the right patient’s still go` : '';
  return `${sentences[state]}${reason}${rest}`;
}
