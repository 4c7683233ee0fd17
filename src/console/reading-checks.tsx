// What the checks find: hard findings have to go, others stand with a reason; series that were not opened are opened or waived.

import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import type { ContentFinding } from '../reading/content/finding.ts';
import type { SeriesFacts } from '../reading/content/report-facts.ts';

interface ChecksProps {
  findings: readonly ContentFinding[];
  reasons: Readonly<Record<string, string>>;
  /** Not opened, and not waived. */
  series: readonly SeriesFacts[];
  onReason(check: string, reason: string): void;
  onConfirm(words: string): void;
  onWaive(uid: string): void;
}

export function ReadingChecks({ findings, reasons, series, onReason, onConfirm, onWaive }: ChecksProps) {
  const checks = [...new Set(findings.map(({ check }) => check))];
  return (
    <section aria-label="Checks">
      {checks.map((check) => {
        const of = findings.filter((finding) => finding.check === check);
        const isHard = of.some((finding) => finding.isHard);
        return (
          <Alert
            key={check}
            mt="xs"
            p="xs"
            color={isHard ? 'red' : 'yellow'}
            title={isHard ? 'Has to be settled' : undefined}
          >
            {of.map(({ message, words }) => (
              <Group key={`${message} ${words}`} gap="xs">
                <Text size="sm">{words === undefined ? message : `${message}: “${words}”`}</Text>
                {check === 'typed-date' && words !== undefined && (
                  <Button size="compact-xs" variant="default" onClick={() => onConfirm(words)}>
                    It is meant so
                  </Button>
                )}
              </Group>
            ))}
            {check === 'series-not-opened' &&
              series.map(({ uid, description }) => (
                <Button key={uid} size="compact-xs" variant="default" mr={4} onClick={() => onWaive(uid)}>
                  {description || uid} need not be opened
                </Button>
              ))}
            {!isHard && (
              <TextInput
                size="xs"
                label="It stands, because"
                aria-label={`Reason: ${check}`}
                value={reasons[check] ?? ''}
                onChange={(event) => onReason(check, event.currentTarget.value)}
              />
            )}
          </Alert>
        );
      })}
    </section>
  );
}
