// MergeDialog: before two records are proposed to be one: which of them remains, and what becomes of the other.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { compare } from '../register/compare.ts';

export interface MergeDialogProps {
  readonly person: Patient;
  /** Who remains; undefined while nothing is asked. */
  readonly known: Patient | undefined;
  readonly onClose: () => void;
  readonly onMerge: (known: Patient) => void;
}

export const MergeDialog = ({ person, known, onClose, onMerge }: MergeDialogProps) => {
  const { t } = useTranslation('duplicates');
  const { t: register } = useTranslation('register');
  const format = useFormat();
  const differing = known === undefined ? [] : compare(person, known);
  const name = format.name(known?.name);
  return (
    <Modal
      opened={known !== undefined}
      onClose={onClose}
      title={t('merge.title')}
      closeButtonProps={{ 'aria-label': t('merge.close') }}
    >
      <Stack>
        <Text>{t('merge.remains', { name, uhid: format.uhid(uhidOf(known?.identifier)) })}</Text>
        <List size="sm">
          <List.Item>{t('merge.moves')}</List.Item>
          <List.Item>{t('merge.numbers')}</List.Item>
          <List.Item>{t('merge.network')}</List.Item>
        </List>
        {differing.some(({ agreement }) => agreement === 'differs') ? (
          <Text size="sm">
            {t('merge.differs', {
              what: differing
                .filter(({ agreement }) => agreement === 'differs')
                .map(({ element }) => register(`elements.${element}`))
                .join(', '),
            })}
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('merge.close')}
          </Button>
          <Button color="red" onClick={() => known && onMerge(known)}>
            {t('merge.propose')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
