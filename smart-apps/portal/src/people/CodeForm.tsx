// CodeForm: the code by which an adult, or the contact on file, approves; where none was sent a clerk looks first.

import { useState } from 'react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { confirmDependant, type Registered } from './register.ts';

export interface CodeFormProps {
  readonly ticket: string | undefined;
  readonly done: (registered: Registered) => void;
}

export const CodeForm = ({ ticket, done }: CodeFormProps) => {
  const { t } = useTranslation('people');
  const [, go] = useLocation();
  const [code, setCode] = useState('');
  const write = useWrite(confirmDependant, ['RelatedPerson', 'Consent']);
  return (
    <>
      <PageTitle>{t('code.title')}</PageTitle>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!write.isPending && ticket !== undefined)
            write.mutate({ ticket, code }, { onSuccess: done });
        }}
      >
        <Stack maw={640}>
          <Text>{t('code.text')}</Text>
          {ticket === undefined ? null : (
            <TextInput
              required
              label={t('code.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          <Failure error={write.error} />
          <Group>
            {ticket === undefined ? null : (
              <Button type="submit" loading={write.isPending}>
                {t('code.send')}
              </Button>
            )}
            <Button variant="default" onClick={() => go('/people')}>
              {t('code.later')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
};
