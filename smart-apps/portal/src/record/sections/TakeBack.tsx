// TakeBack: removes what the person has added, once they have said that they mean it.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { ActionIcon, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export const TakeBack = ({ observation }: { readonly observation: Observation }) => {
  const { t } = useTranslation('record');
  const [isOpen, { open, close }] = useDisclosure();
  const { id = '', valueString = '' } = observation;
  const removal = useWrite(
    (fhir) => fhir.ask({ method: 'DELETE', path: `Observation/${id}` }),
    ['Observation', 'Timeline'],
  );
  return (
    <>
      <ActionIcon
        color="gray"
        aria-label={t('takeBack.open', { what: valueString })}
        onClick={open}
      >
        <IconTrash size={20} aria-hidden />
      </ActionIcon>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('takeBack.title')}
        closeButtonProps={{ 'aria-label': t('takeBack.close') }}
      >
        <Stack>
          <Text>{valueString}</Text>
          <Failure error={removal.error} />
          <Group>
            <Button
              color="red"
              loading={removal.isPending}
              onClick={() => removal.mutate(undefined)}
            >
              {t('takeBack.remove')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('takeBack.keep')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
