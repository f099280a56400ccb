// FindForm: one field for any number or name, and one for the birth date.

import type { SubmitEvent } from 'react';
import { Button, Group, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { findFieldId, useSlashKey } from '../keyboard/slash-key.ts';
import type { Typed } from './question.ts';

export interface FindFormProps {
  readonly typed: Typed;
  readonly change: (typed: Typed) => void;
  readonly ask: () => void;
}

export const FindForm = ({ typed, change, ask }: FindFormProps) => {
  const { t } = useTranslation('patients');
  const [isSlashOn, setSlashOn] = useSlashKey();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    ask();
  };
  return (
    <form role="search" onSubmit={submit}>
      <Group align="end" mb="sm">
        <TextInput
          id={findFieldId}
          type="search"
          label={t('find.label')}
          description={t('find.hint')}
          leftSection={<IconSearch size={16} aria-hidden />}
          autoComplete="off"
          spellCheck={false}
          flex="1 1 18rem"
          value={typed.text}
          onChange={({ currentTarget }) => change({ ...typed, text: currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('find.born')}
          value={typed.birthDate}
          onChange={({ currentTarget }) => change({ ...typed, birthDate: currentTarget.value })}
        />
        <Button type="submit">{t('find.submit')}</Button>
      </Group>
      {/* A shortcut of a single character must be possible to turn off. WCAG 2.2, 2.1.4. */}
      <Switch
        size="sm"
        mb="md"
        visibleFrom="sm"
        label={t('find.slash')}
        checked={isSlashOn}
        onChange={({ currentTarget }) => setSlashOn(currentTarget.checked)}
      />
    </form>
  );
};
