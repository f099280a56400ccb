// AccessPage: the hospital's open requests for records; with the code the patient tells, the record is open at once.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Stack, Text } from '@mantine/core';
import type { Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { requestCode } from './access.ts';
import { AccessRequest } from './AccessRequest.tsx';

export const AccessPage = () => {
  const { t } = useTranslation('access');
  const found = useSearch<Task>('Task', {
    ...{ code: requestCode, status: 'requested', _sort: '-authored-on', _count: 10 },
  });
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Text mb="md">{t('how')}</Text>
      <Listed found={found} empty={{ title: t('none'), text: t('noneText') }}>
        {(tasks) => (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {tasks.map((task) => (
              <AccessRequest key={task.id} task={task} />
            ))}
          </Stack>
        )}
      </Listed>
    </>
  );
};
