// RegisterPage: a person at the counter gets a record with a health ID, unless they have one already: looked for while one types.

import { useState, type SubmitEvent } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { today } from '@meridian/ui/time/day.ts';
import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import type { Patient, Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Decide } from '../duplicates/Decide.tsx';
import { Matches } from './Matches.tsx';
import { emptyPerson, faultsOf, patientOf, type PersonForm } from './person.ts';
import { PersonFields } from './PersonFields.tsx';

interface Draft {
  readonly person: PersonForm;
  /** The Task that asks whether the person is known, once the server has asked. */
  readonly task: string;
}

export const RegisterPage = () => {
  const { t } = useTranslation('register');
  const [, go] = useLocation();
  const [draft, setDraft, forget] = useDraft<Draft>('register', { person: emptyPerson, task: '' });
  const finish = ({ id = '' }: Patient) => {
    forget();
    go(`/patients/${id}`);
  };
  if (draft.task !== '')
    return (
      <>
        <PageTitle>{t('doubt')}</PageTitle>
        <Decide task={draft.task} onDone={finish} onBack={() => setDraft({ ...draft, task: '' })} />
      </>
    );
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <RegisterForm
        person={draft.person}
        onChange={(person) => setDraft({ ...draft, person })}
        onDone={finish}
        onDoubt={(task) => setDraft({ ...draft, task })}
        onEmpty={forget}
      />
    </>
  );
};

interface RegisterFormProps {
  readonly person: PersonForm;
  readonly onChange: (person: PersonForm) => void;
  readonly onDone: (patient: Patient) => void;
  readonly onDoubt: (task: string) => void;
  readonly onEmpty: () => void;
}

const RegisterForm = ({ person, onChange, onDone, onDoubt, onEmpty }: RegisterFormProps) => {
  const { t } = useTranslation('register');
  const [isChecked, setChecked] = useState(false);
  const faults = faultsOf(person, today());
  const registering = useWrite(
    (fhir, resource: Patient) =>
      operate<Patient | Task>(fhir, 'Patient/$register', [{ name: 'resource', resource }]),
    ['Patient', 'Task'],
  );
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    const [first] = Object.keys(faults);
    if (first !== undefined) {
      event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    registering.mutate(patientOf(person), {
      onSuccess: (made) => (made.resourceType === 'Task' ? onDoubt(made.id ?? '') : onDone(made)),
    });
  };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <PersonFields person={person} faults={isChecked ? faults : {}} onChange={onChange} />
          <Failure error={registering.error} />
          <Group>
            <Button type="submit" loading={registering.isPending}>
              {t('register')}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setChecked(false);
                onEmpty();
              }}
            >
              {t('empty')}
            </Button>
          </Group>
        </Stack>
      </form>
      <Matches person={person} onChoose={onDone} />
    </SimpleGrid>
  );
};
