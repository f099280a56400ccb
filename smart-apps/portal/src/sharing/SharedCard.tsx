// SharedCard: one Consent in words, and taking it back.

import { useState } from 'react';
import { Badge, Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Confirm } from '@meridian/ui/forms/Confirm.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Consent } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { takeBack } from './answer.ts';
import { sharedBy } from './consents.ts';
import { Named } from './Named.tsx';

export const SharedCard = ({
  consent,
  isOpen,
}: {
  readonly consent: Consent;
  readonly isOpen: boolean;
}) => {
  const { t } = useTranslation('sharing');
  const format = useFormat();
  const { patient, user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const { actors, kinds, sensitive, since, until, isDenial } = sharedBy(consent);
  const words = kinds.length === 0 ? ['everything'] : kinds;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={3} size="h5">
          {actors.length === 0 ? t('shared.everybody') : null}
          {actors.map((actor) => (
            <Named key={actor} reference={actor} />
          ))}
        </Title>
        {isDenial ? <Badge color="red">{t('shared.denial')}</Badge> : null}
        <Text size="sm">
          {words.map((kind) => t(`kind.${kind}`, { defaultValue: kind })).join(', ')}
        </Text>
        {sensitive.length === 0 ? null : (
          <Text size="sm">
            {t('shared.sensitive', {
              groups: sensitive.map((group) => t(`sensitive.${group}`)).join(', '),
            })}
          </Text>
        )}
        <Text size="sm">
          {t(until === undefined ? 'shared.since' : 'shared.period', {
            since: format.date(since),
            until: format.date(until),
          })}
        </Text>
        {isOpen && user === `Patient/${patient ?? ''}` ? (
          <Group>
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('revoke.open')}
            </Button>
          </Group>
        ) : null}
      </Stack>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('revoke.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <TakeBack consent={consent} close={() => setAsking(false)} />
      </Modal>
    </Paper>
  );
};

export const TakeBack = ({
  consent,
  close,
}: {
  readonly consent: Consent;
  readonly close: () => void;
}) => {
  const { t } = useTranslation('sharing');
  const write = useWrite(takeBack, ['Consent']);
  return (
    <Confirm
      {...{ write, close }}
      text={t('revoke.text')}
      keep={t('revoke.keep')}
      now={t('revoke.now')}
      confirm={() => write.mutate(consent, { onSuccess: close })}
    />
  );
};
