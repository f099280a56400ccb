// SaveToCalendar: the visit as a file that calendars open; asked again after a change it changes the same entry.

import { Button, Stack } from '@mantine/core';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { IconCalendarPlus } from '@tabler/icons-react';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { save } from '../card/save.ts';

export const SaveToCalendar = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const file = useWrite(calendarFile, []);
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        leftSection={<IconCalendarPlus size={18} aria-hidden />}
        loading={file.isPending}
        onClick={() =>
          file.mutate(visit.id ?? '', { onSuccess: (blob) => save(blob, 'appointment.ics') })
        }
      >
        {t('visit.calendar')}
      </Button>
      <Failure error={file.error} />
    </Stack>
  );
};

const calendarFile = (fhir: Fhir, id: string): Promise<Blob> =>
  fhir.bytes(`Appointment/${id}/$calendar-file`);
