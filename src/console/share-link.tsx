// A link that opens this study for somebody without an account, until a day.

import { Button, CopyButton, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from './http.ts';

const DAY = 86_400;

const lives = [
  { value: String(DAY), label: 'one day' },
  { value: String(7 * DAY), label: 'one week' },
  { value: String(30 * DAY), label: 'thirty days' },
];

interface Made {
  url: string;
  expiresAt: string;
}

export function ShareLink({ studyUid }: { studyUid: string }) {
  const [opened, setOpened] = useState(false);
  const [expiresIn, setExpiresIn] = useState(7 * DAY);
  const [watermark, setWatermark] = useState('');
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: () =>
      sendJson<Made>('POST', '/api/v1/shares', { studyUid, expiresIn, ...(watermark && { watermark }) }),
  });
  const close = () => {
    setOpened(false);
    reset();
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Share
      </Button>
      <Modal opened={opened} onClose={close} title="A link to this study">
        <Stack>
          <Select
            label="Good for"
            data={lives}
            value={String(expiresIn)}
            allowDeselect={false}
            onChange={(value) => setExpiresIn(Number(value))}
          />
          <TextInput
            label="Drawn over the images"
            placeholder="for whom, by whom"
            maxLength={100}
            value={watermark}
            onChange={(event) => setWatermark(event.currentTarget.value)}
          />
          {data === undefined ? (
            <Button loading={isPending} onClick={() => mutate()}>
              Make the link
            </Button>
          ) : (
            <>
              <TextInput label={`Until ${new Date(data.expiresAt).toLocaleString()}`} readOnly value={data.url} />
              <CopyButton value={data.url}>
                {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
              </CopyButton>
              <Text size="sm" c="dimmed">
                It is shown this once. Whoever has it sees this study and nothing else.
              </Text>
            </>
          )}
          {error !== null && <Text c="red">{error.message}</Text>}
        </Stack>
      </Modal>
    </>
  );
}
