// ActsForMe: who may act for the person whose record this is, until when, and taking it back.

import { useState } from 'react';
import { Button, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useRead, useSearch, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Confirm } from '@meridian/ui/forms/Confirm.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Consent, RelatedPerson } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { takeBack } from '../sharing/answer.ts';
import { isInForce, isProxys, sharedBy } from '../sharing/consents.ts';
import { Rows } from '../sharing/Rows.tsx';

export const ActsForMe = () => {
  const { t } = useTranslation('people');
  const { patient } = useSession();
  const found = useSearch<Consent>('Consent', {
    ...{ patient, status: 'active' },
    _count: 50,
  });
  const proxies = {
    ...found,
    items: found.items.filter((each) => isProxys(each) && isInForce(each)),
  };
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {t('acts.title')}
      </Title>
      <Rows found={proxies} none={t('acts.none')}>
        {(consents) => consents.map((consent) => <Proxy key={consent.id} consent={consent} />)}
      </Rows>
    </Stack>
  );
};

const Proxy = ({ consent }: { readonly consent: Consent }) => {
  const { t } = useTranslation('people');
  const format = useFormat();
  const { patient, user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const { actors, until } = sharedBy(consent);
  const reference = actors.find((actor) => actor.startsWith('RelatedPerson/'));
  const { data } = useRead<RelatedPerson>('RelatedPerson', reference?.split('/')[1]);
  const name = format.name(data?.name);
  const relation = data?.relationship?.[0];
  const code = relation?.coding?.[0]?.code ?? '';
  return (
    <Paper withBorder p="md">
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>
          {reference === user ? t('acts.you', { name }) : name}
          {relation === undefined
            ? null
            : ` · ${t(`relationship.${code}`, { defaultValue: format.concept(relation) })}`}
        </Text>
        <Text size="sm">
          {until === undefined ? t('acts.always') : t('acts.until', { date: format.date(until) })}
        </Text>
        {user === `Patient/${patient ?? ''}` ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('acts.end')}
          </Button>
        ) : null}
      </Stack>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('acts.endTitle', { name })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <EndForm consent={consent} close={() => setAsking(false)} />
      </Modal>
    </Paper>
  );
};

const EndForm = ({ consent, close }: { readonly consent: Consent; readonly close: () => void }) => {
  const { t } = useTranslation('people');
  const write = useWrite(takeBack, ['Consent']);
  return (
    <Confirm
      {...{ write, close }}
      text={t('acts.endText')}
      keep={t('close')}
      now={t('acts.endNow')}
      confirm={() => write.mutate(consent, { onSuccess: close })}
    />
  );
};
