// HeldPage: the worklist of reports whose patient nobody can be sure of; nothing of what they say is shown.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useState } from 'react';
import { Alert, Stack, Text } from '@mantine/core';
import type { Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { heldCode } from './held.ts';
import { HeldUpload } from './HeldUpload.tsx';

export const HeldPage = () => {
  const { t } = useTranslation('held');
  const [filed, setFiled] = useState('');
  const found = useSearch<Task>('Task', {
    ...{ code: heldCode, status: 'requested', _sort: '-authored-on', _count: 10 },
  });
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Text mb="md">{t('how')}</Text>
      <div role="status">
        {filed === '' ? null : (
          // What had the focus is gone with the report.
          <Alert key={filed} ref={(alert) => alert?.focus()} tabIndex={-1} color="green" mb="md">
            {t('filed', { about: filed })}
          </Alert>
        )}
      </div>
      <Listed found={found} empty={{ title: t('none'), text: t('noneText') }}>
        {(tasks) => (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {tasks.map((task) => (
              <HeldUpload key={task.id} task={task} onFiled={setFiled} />
            ))}
          </Stack>
        )}
      </Listed>
    </>
  );
};
