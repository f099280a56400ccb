// RemoveDocument: takes a document back that the person has added, once they have said that they mean it.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

export const RemoveDocument = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('documents');
  const [isOpen, { open, close }] = useDisclosure();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const removal = useWrite(
    (fhir) => fhir.ask({ method: 'DELETE', path: `DocumentReference/${id}` }),
    ['Timeline'],
  );
  const remove = (): void =>
    removal.mutate(undefined, {
      onSuccess: () => {
        go('/documents', { replace: true });
        // The lists alone: the document itself cannot be read any more.
        void queries.invalidateQueries({ queryKey: ['DocumentReference', 'search'] });
      },
    });
  return (
    <Group>
      <Button variant="default" leftSection={<IconTrash size={18} aria-hidden />} onClick={open}>
        {t('remove.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('remove.title')}
        closeButtonProps={{ 'aria-label': t('remove.keep') }}
      >
        <Stack>
          <Text>{t('remove.text')}</Text>
          <Failure error={removal.error} />
          <Group>
            <Button color="red" loading={removal.isPending} onClick={remove}>
              {t('remove.confirm')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('remove.keep')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
};
