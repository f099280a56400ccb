// LeaveList: gives up a place on a waiting list.

import { Button, Stack } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { cancelVisit } from '@meridian/ui/visits/booking.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

export const LeaveList = ({ visit: { id = '' } }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const write = useWrite(cancelVisit, ['Appointment']);
  return (
    <Stack align="flex-start">
      <Failure error={write.error} />
      <Button
        variant="default"
        loading={write.isPending}
        onClick={() => {
          if (!write.isPending) write.mutate({ id }, { onSuccess: () => go('/visits') });
        }}
      >
        {t('wait.leave')}
      </Button>
    </Stack>
  );
};
