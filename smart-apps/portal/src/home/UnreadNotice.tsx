// UnreadNotice: something the person was told and has not read yet.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { update } from '@meridian/ui/fhir/write.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Button, Group, Text } from '@mantine/core';
import type { Communication } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { noticeKindOf, placeOf } from './notice.ts';
import { ToDo } from './ToDo.tsx';

export const UnreadNotice = ({ notice }: { readonly notice: Communication }) => {
  const { t } = useTranslation('home');
  const format = useFormat();
  const reading = useWrite(
    (fhir) => update(fhir, { ...notice, received: new Date().toISOString() }),
    ['Communication'],
  );
  const said = notice.payload
    ?.map(({ contentString }) => contentString)
    .filter(Boolean)
    .join('\n');
  return (
    <ToDo to={placeOf(notice)} title={t(`notice.${noticeKindOf(notice)}`)} text={said}>
      <Failure error={reading.error} />
      <Group justify="space-between" mt={4}>
        <Text size="sm" c="dimmed">
          {format.dateTime(notice.sent)}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          loading={reading.isPending}
          onClick={() => reading.mutate(undefined)}
        >
          {t('needs.read')}
        </Button>
      </Group>
    </ToDo>
  );
};
