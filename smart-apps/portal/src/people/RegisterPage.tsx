// RegisterPage: registers a child, or with their approval an adult, whose record one then cares for.

import { useState } from 'react';
import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CodeForm } from './CodeForm.tsx';
import {
  isAdult,
  registerDependant,
  relationships,
  type Dependant,
  type Registered,
} from './register.ts';
import { WasAdded } from './WasAdded.tsx';

const nobody: Dependant = {
  ...{ given: '', family: '', birthDate: '', gender: '', relationship: '', contact: '' },
};

export const RegisterPage = () => {
  const { t } = useTranslation('people');
  const [, go] = useLocation();
  const [person, setPerson, clear] = useDraft('dependant', nobody);
  const [done, setDone] = useState<Registered>();
  const write = useWrite(registerDependant, ['RelatedPerson', 'Consent']);
  const set = (part: Partial<Dependant>): void => setPerson({ ...person, ...part });
  if (done?.state === 'added') return <WasAdded />;
  if (done?.state === 'asked') return <CodeForm ticket={done.ticket} done={setDone} />;
  const text = (name: 'given' | 'family' | 'contact') => ({
    label: t(`form.${name}`),
    value: person[name],
    onChange: (event: { readonly currentTarget: HTMLInputElement }) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <PageTitle>{t('register.title')}</PageTitle>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (write.isPending) return;
          write.mutate(person, {
            onSuccess: (registered) => {
              clear();
              setDone(registered);
            },
          });
        }}
      >
        <Stack maw={640}>
          <Text size="sm">{t('register.text')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput {...text('given')} required autoComplete="off" />
            <TextInput {...text('family')} autoComplete="off" />
            <TextInput
              type="date"
              required
              label={t('form.birthDate')}
              value={person.birthDate}
              max={new Date().toISOString().slice(0, 10)}
              onChange={(event) => set({ birthDate: event.currentTarget.value })}
            />
            <NativeSelect
              required
              label={t('form.gender')}
              value={person.gender}
              onChange={(event) =>
                set({ gender: event.currentTarget.value as Dependant['gender'] })
              }
              data={['', 'female', 'male', 'other', 'unknown'].map((value) => ({
                ...{ value, label: value === '' ? t('form.choose') : t(`gender.${value}`) },
              }))}
            />
          </SimpleGrid>
          <NativeSelect
            required
            label={t('form.relationship')}
            value={person.relationship}
            onChange={(event) => set({ relationship: event.currentTarget.value })}
            data={['', ...relationships].map((value) => ({
              ...{ value, label: value === '' ? t('form.choose') : t(`relationship.${value}`) },
            }))}
          />
          {isAdult(person.birthDate) ? (
            <TextInput
              {...text('contact')}
              required
              label={t('form.theirContact')}
              description={t('form.theirContactHint')}
              autoComplete="off"
            />
          ) : null}
          <Failure error={write.error} />
          <Group>
            <Button type="submit" loading={write.isPending}>
              {t('register.now')}
            </Button>
            <Button variant="default" onClick={() => go('/people')}>
              {t('close')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
};
