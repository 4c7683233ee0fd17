// What will not arrive, or did not arrive, by when its rule wants it: the earliest deadline first.

import { Badge } from '@mantine/core';
import { OpenList } from './open-list.tsx';
import { type DeadlineAlarm, deadlines } from './routing.ts';
import { StudyLink } from './study-link.tsx';

export function DeadlineAlarms() {
  return (
    <OpenList<DeadlineAlarm>
      what="deadlines"
      title="Deadlines"
      rows={deadlines}
      none="Nothing is late, or about to be."
      name={(alarm) => `the deadline of ${alarm.studyInstanceUid ?? wherefrom(alarm)}`}
      columns={[
        {
          header: 'By',
          cell: ({ deadline, state }) => (
            <>
              {new Date(deadline).toLocaleString()}{' '}
              <Badge color={state === 'missed' ? 'red.9' : 'orange.9'}>
                {state === 'missed' ? 'missed' : 'at risk'}
              </Badge>
            </>
          ),
        },
        { header: 'Study', cell: ({ studyInstanceUid }) => studyInstanceUid && <StudyLink uid={studyInstanceUid} /> },
        { header: 'To', cell: (alarm) => alarm.destination ?? wherefrom(alarm) },
        { header: 'Waiting', cell: ({ outstanding }) => outstanding },
        { header: 'Rule', cell: ({ rules }) => rules.join(', ') },
      ]}
    />
  );
}

/** Priors are to be here. */
const wherefrom = ({ rules }: DeadlineAlarm): string => `priors by ${rules.join(', ')}`;
