// The studies that a search finds, in pages that come as the list is scrolled: only the rows in sight are on the page,
// however many there are.

import { Box, Loader } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { shownDate } from '../viewer/dates.ts';
import { Notice } from './notice.tsx';
import { limits, type Search, type Study, searchStudies } from './qido.ts';
import classes from './study-list.module.css';

const view = {
  rowPixels: 44,
  /** Rows above and below those in sight. */
  around: 12,
};

const headings = ['Patient', 'ID', 'Born', 'Date', 'Modality', 'Description', 'Accession', 'Objects'];

/** Where keys lead, from a row (-1 for none) of so many. */
const steps: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const optionId = (at: number): string => `study-${at}`;

interface Props {
  search: Search;
  chosen: string | undefined;
  onChoose(studyUid: string): void;
}

export function StudyList({ search, chosen, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['studies', search],
    queryFn: ({ pageParam, signal }) => searchStudies(search, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => (page.length < limits.pageRows ? undefined : pages.length * limits.pageRows),
    placeholderData: (before) => before,
  });
  const studies = data?.pages.flat() ?? [];
  const rows = useVirtualizer({
    count: studies.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => view.rowPixels,
    overscan: view.around,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= studies.length - view.around) void fetchNextPage();
  }, [last, studies.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const at = studies.findIndex(({ uid }) => uid === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && chosen !== undefined) window.open(`/look/${chosen}`);
    const to = steps[event.key]?.(at, studies.length);
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(to, studies.length - 1));
    rows.scrollToIndex(index);
    onChoose(studies[index]!.uid);
  };

  if (isPending) return <Notice>{<Loader />}</Notice>;
  if (error !== null) return <Notice>{error.message}</Notice>;
  if (studies.length === 0) return <Notice>No study matches.</Notice>;
  return (
    <>
      <div className={`${classes.columns} ${classes.head}`} aria-hidden="true">
        {headings.map((heading) => (
          <span key={heading} className={classes.cell}>
            {heading}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        className={classes.scroller}
        role="listbox"
        aria-label="Studies"
        aria-activedescendant={shown.some(({ index }) => index === at) ? optionId(at) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {shown.map(({ index, start, key }) => (
            <Row
              key={key}
              study={studies[index]!}
              top={start}
              at={index}
              of={hasNextPage ? -1 : studies.length}
              isChosen={studies[index]!.uid === chosen}
              onChoose={() => onChoose(studies[index]!.uid)}
            />
          ))}
        </div>
      </div>
    </>
  );
}

interface RowProps {
  study: Study;
  top: number;
  /** From 0. */
  at: number;
  /** How many rows there are; -1 where not all are known. */
  of: number;
  isChosen: boolean;
  onChoose(): void;
}

function Row({ study, top, at, of, isChosen, onChoose }: RowProps) {
  const cells = [
    study.patientName || 'Name unknown',
    study.patientId,
    shownDate(study.birthDate),
    shownDate(study.date),
    study.modalities,
    study.description,
    study.accessionNumber,
    String(study.instances),
  ];
  return (
    <button
      type="button"
      role="option"
      id={optionId(at)}
      aria-posinset={at + 1}
      aria-setsize={of}
      tabIndex={-1}
      aria-selected={isChosen}
      className={`${classes.columns} ${classes.row}`}
      style={{ transform: `translateY(${top}px)`, height: view.rowPixels }}
      onClick={onChoose}
      onDoubleClick={() => window.open(`/look/${study.uid}`)}
    >
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
        <Box key={column} component="span" className={classes.cell} title={cell}>
          {cell}
        </Box>
      ))}
    </button>
  );
}
