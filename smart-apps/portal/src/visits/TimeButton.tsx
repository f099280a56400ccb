// TimeButton: chooses one free time; says the day and the doctor to who does not see where it stands.

import { Button, Stack, Text } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { isElsewhere, offsetOf } from '@meridian/ui/time/offset.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export interface Choosing {
  readonly choose: (proposal: Appointment) => void;
  /** The id of the proposal that is being taken; no other can be chosen meanwhile. */
  readonly taking: string | undefined;
}

export interface TimeButtonProps extends Choosing {
  readonly time: Appointment;
  /** Of the doctor. */
  readonly name: string;
  /** It was uncovered by a button that is gone. */
  readonly takesFocus: boolean;
}

export const TimeButton = ({ time, name, takesFocus, choose, taking }: TimeButtonProps) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { start = '', id } = time;
  const zone = offsetOf(start);
  const shown = format.time(start, zone);
  const own = isElsewhere(start) ? t('find.yourTime', { time: format.time(start) }) : '';
  return (
    <Button
      variant="light"
      autoFocus={takesFocus}
      size="sm"
      px="sm"
      h="auto"
      mih={40}
      loading={taking === id}
      disabled={taking !== undefined && taking !== id}
      aria-label={`${shown} ${own} ${format.day(start, zone)}, ${name}`}
      onClick={() => choose(time)}
    >
      <Stack gap={0}>
        <span>{shown}</span>
        {own === '' ? null : <Text size="xs">{own}</Text>}
      </Stack>
    </Button>
  );
};
