// DeskCode: the patient stands here and tells the code that was sent to the contact on file.

import { useState, type SubmitEvent } from 'react';
import { Button, Collapse, Group, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { chartTypes } from '../chart/questions.ts';
import { confirmAccess } from './request.ts';

export const DeskCode = ({ task }: { readonly task: string }) => {
  const { t } = useTranslation('access');
  const [isOpen, { toggle }] = useDisclosure();
  const [code, setCode] = useState('');
  const confirm = useWrite(confirmAccess, chartTypes);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (code.trim() !== '') confirm.mutate({ task, code });
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        mt="xs"
        aria-expanded={isOpen}
        onClick={toggle}
        style={{ alignSelf: 'start' }}
      >
        {t('desk.open')}
      </Button>
      <Collapse expanded={isOpen}>
        <form onSubmit={submit}>
          <Group align="end" mt="xs">
            <TextInput
              label={t('desk.code')}
              description={t('desk.hint')}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={({ currentTarget }) => setCode(currentTarget.value)}
            />
            <Button type="submit" loading={confirm.isPending}>
              {t('desk.confirm')}
            </Button>
          </Group>
          <Failure error={confirm.error} />
        </form>
      </Collapse>
    </>
  );
};
