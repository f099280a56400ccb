// Confirm: what is about to be taken back or ended, and the two ways out of a dialog that asks about it.

import { Button, Group, Stack, Text } from '@mantine/core';
import { Failure } from '../states/Failure.tsx';

export interface ConfirmProps {
  readonly text: string;
  /** The words of the button that leaves everything as it is. */
  readonly keep: string;
  readonly now: string;
  /** As a mutation of TanStack Query has them. */
  readonly write: { readonly error: unknown; readonly isPending: boolean };
  readonly confirm: () => void;
  readonly close: () => void;
}

/** Goes into a Modal. A second press while the first is under way does nothing. */
export const Confirm = ({ text, keep, now, write, confirm, close }: ConfirmProps) => (
  <Stack>
    <Text>{text}</Text>
    <Failure error={write.error} />
    <Group justify="flex-end">
      <Button variant="default" onClick={close}>
        {keep}
      </Button>
      <Button
        color="red"
        loading={write.isPending}
        onClick={() => {
          if (!write.isPending) confirm();
        }}
      >
        {now}
      </Button>
    </Group>
  </Stack>
);
