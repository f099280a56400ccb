// PatientsPage: finding a patient of this hospital by health ID, hospital number, name or birth date.

import { useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';
import { FindForm } from './FindForm.tsx';
import { Found } from './Found.tsx';
import type { Typed } from './question.ts';
import { readTyped } from './question.ts';
import { RecentPatients } from './RecentPatients.tsx';

export const PatientsPage = () => {
  const { t } = useTranslation('patients');
  const [typed, setTyped] = useDraft<Typed>('find-patient', { text: '', birthDate: '' });
  const [asked, setAsked] = useState(typed);
  // Whoever stops typing has asked; whoever presses Enter need not wait.
  const [settled] = useDebouncedValue(typed, 400);
  const current = asked === typed ? asked : settled;
  const question = readTyped(current);
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <FindForm typed={typed} change={setTyped} ask={() => setAsked(typed)} />
      {question.kind === 'nothing' ? <RecentPatients /> : <Found question={question} />}
    </>
  );
};
