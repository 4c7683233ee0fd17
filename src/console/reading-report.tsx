// The report: sections with their fields, checks that say what they find, and signing. It saves itself.

import { Alert, Button, Group, Kbd, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type ContentFinding, standing } from '../reading/content/finding.ts';
import type { ContentSection, ReportContent } from '../reading/content/report-content.ts';
import classes from './reading.module.css';
import { type Desk, type ReadingCaseRow, saveDraft, sign, templateNamed } from './reading.ts';
import { ReadingChecks } from './reading-checks.tsx';
import { ReadingPreliminary } from './reading-preliminary.tsx';
import { ReadingSection } from './reading-section.tsx';

const SAVE_MS = 2_000;

interface ReportProps {
  row: ReadingCaseRow;
  desk: Desk;
  /** UIDs of series and studies that were on the screen. */
  looked: ReadonlySet<string>;
  onTemplate(id: string): void;
  onSigned(sentence: string): void;
}

export function ReadingReport({ row, desk, looked, onTemplate, onSigned }: ReportProps) {
  const [content, setContent] = useState<ReportContent>(desk.content);
  const [findings, setFindings] = useState<readonly ContentFinding[]>(desk.findings);
  const [waived, setWaived] = useState<readonly string[]>([]);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [difference, setDifference] = useState<string | null>(null);
  const [proof, setProof] = useState('');
  const version = useRef(desk.version);
  const template = useQuery({
    queryKey: ['reading-template', content.template?.id],
    queryFn: ({ signal }) => templateNamed(content.template!.id, signal),
    enabled: content.template !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const saving = useMutation({
    mutationFn: (wish: ReportContent) => {
      const priors = desk.facts.priors.map(({ studyUid }) => studyUid).filter((uid) => looked.has(uid));
      const series = desk.facts.series.map(({ uid }) => uid).filter((uid) => looked.has(uid));
      return saveDraft(row.id, {
        basis: version.current,
        content: wish,
        looked: { series, waived: [...waived], priors },
      });
    },
    // One after the other: each is written on from the one before.
    scope: { id: `draft ${row.id}` },
    onSuccess: (saved) => {
      version.current = saved.version;
      setFindings(saved.findings);
    },
  });
  const { mutate: save, mutateAsync: saved } = saving;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was looked at is saved as what was written is.
  useEffect(() => {
    const soon = setTimeout(() => save(content), SAVE_MS);
    return () => clearTimeout(soon);
  }, [content, looked, waived, save]);

  const overrides = Object.entries(reasons).map(([check, reason]) => ({ check, reason }));
  const signing = useMutation({
    mutationFn: async (as: 'preliminary' | 'final') => {
      await saved(content);
      return sign(row.id, {
        ...{ as, content, subject: desk.subject, confirmed: [...confirmed] },
        overrides: overrides.filter(
          ({ check, reason }) => reason !== '' && findings.some((each) => each.check === check),
        ),
        ...(isOverRead && { difference: difference as 'none' }),
        ...(proof !== '' && { proof }),
      });
    },
    onSuccess: ({ version: signed, state }) => onSigned(`${row.id} is signed: version ${signed}, ${state}.`),
  });
  const isOverRead = row.state === 'over-read';
  const shown = findings.filter(({ check, words }) => check !== 'typed-date' || !confirmed.includes(words ?? ''));
  const left = standing(shown, overrides);
  const canSign = left.length === 0 && !signing.isPending && (!isOverRead || difference !== null);
  const change = (at: number, section: ContentSection) =>
    setContent({ ...content, sections: content.sections.map((each, index) => (index === at ? section : each)) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    if (canSign) signing.mutate('final');
    else save(content);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what has the focus inside are heard here.
    <div onKeyDown={onKeyDown}>
      <Select
        size="xs"
        label="Template"
        data={desk.templates.map(({ id, title }) => ({ value: id, label: title }))}
        value={content.template?.id ?? null}
        onChange={(id) => id !== null && onTemplate(id)}
      />
      {content.sections.map((section, at) => (
        <ReadingSection
          // biome-ignore lint/suspicious/noArrayIndexKey: sections of a report neither come nor go while it is written.
          key={`${section.kind} ${at}`}
          section={section}
          template={template.data?.sections.find(({ kind }) => kind === section.kind)}
          macros={template.data?.macros ?? []}
          onChange={(changed) => change(at, changed)}
        />
      ))}
      <ReadingChecks
        findings={shown}
        reasons={reasons}
        series={desk.facts.series.filter(({ uid, isOpened }) => !isOpened && !looked.has(uid) && !waived.includes(uid))}
        onReason={(check, reason) => setReasons({ ...reasons, [check]: reason })}
        onConfirm={(words) => setConfirmed([...confirmed, words])}
        onWaive={(uid) => setWaived([...waived, uid])}
      />
      {isOverRead && <ReadingPreliminary id={row.id} save={() => saved(content)} />}
      <Group gap="xs" mt="sm" align="end" className={classes.sign}>
        {isOverRead && (
          <Select
            size="xs"
            label="Differs from the preliminary report"
            data={['none', 'minor', 'major']}
            value={difference}
            onChange={setDifference}
          />
        )}
        <TextInput
          size="xs"
          label="Proof that it is you, where asked"
          value={proof}
          onChange={(event) => setProof(event.currentTarget.value)}
        />
        <Button disabled={!canSign} onClick={() => signing.mutate('final')} aria-keyshortcuts="Alt+S">
          Sign as final <Kbd ml={6}>Alt S</Kbd>
        </Button>
        {!isOverRead && (
          <Button variant="default" disabled={!canSign} onClick={() => signing.mutate('preliminary')}>
            Sign as preliminary
          </Button>
        )}
        <Text size="sm" role="status">
          {saving.isPending ? 'Saving' : version.current > 0 && `Saved, version ${version.current}`}
        </Text>
      </Group>
      {(signing.error ?? saving.error) !== null && (
        <Alert color="red" mt="sm" role="alert">
          {(signing.error ?? saving.error)!.message}
        </Alert>
      )}
    </div>
  );
}
