// What the reader had to assume of a study's objects as they were received.

import { Alert, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getJson } from './http.ts';

interface Finding {
  code: string;
  path: string;
  assumed: string;
  instances: number;
}

interface Explained {
  studies: { findings: Finding[] }[];
}

export function Findings({ studyUid }: { studyUid: string }) {
  const { data } = useQuery({
    queryKey: ['explain', studyUid],
    queryFn: ({ signal }) => getJson<Explained>(`/api/v1/explain/${studyUid}`, signal),
    // Who may look need not be one who may see how it came.
    retry: false,
  });
  const findings = data?.studies.flatMap((study) => study.findings) ?? [];
  if (findings.length === 0) return null;
  return (
    <Alert color="yellow" title={`${findings.length} findings in what was received`}>
      {findings.map(({ code, path, assumed, instances }) => (
        <Text key={code + path + assumed} size="sm">
          <Code>{path}</Code> {code} in {instances} instances: {assumed}
        </Text>
      ))}
    </Alert>
  );
}
