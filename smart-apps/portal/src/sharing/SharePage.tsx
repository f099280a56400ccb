// SharePage: shares the record unasked: with a hospital or a doctor of the directory, some kinds or all, until a day.

import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { create } from '@meridian/ui/fhir/write.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { consentOf, type Giving } from './consents.ts';
import { dayIn, endOf, today } from './days.ts';
import { KindsField } from './KindsField.tsx';
import { kinds } from './kinds.ts';
import { ReceiverField } from './ReceiverField.tsx';

export const SharePage = () => {
  const { t } = useTranslation('sharing');
  const [, go] = useLocation();
  const { patient = '', user } = useSession();
  const [given, give, clear] = useDraft(`share-${patient}`, {
    ...{ to: '', kinds: ['everything'] as readonly string[] },
    ...{ sensitive: [] as readonly string[], until: dayIn(30) },
  });
  const write = useWrite(
    (fhir: Fhir, giving: Giving) => create(fhir, consentOf(giving)),
    ['Consent'],
  );
  const isReady = given.to !== '' && given.kinds.length > 0 && given.until !== '';
  return (
    <>
      <PageTitle>{t('new.title')}</PageTitle>
      {user === `Patient/${patient}` ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (write.isPending || !isReady) return;
            write.mutate(
              { ...given, patient, until: endOf(given.until) },
              {
                onSuccess: () => {
                  clear();
                  go('/sharing');
                },
              },
            );
          }}
        >
          <Stack maw={640}>
            <ReceiverField chosen={given.to} choose={(to) => give({ ...given, to })} />
            <KindsField
              offered={kinds}
              chosen={given.kinds}
              choose={(chosen) => give({ ...given, kinds: chosen })}
              sensitive={given.sensitive}
              chooseSensitive={(sensitive) => give({ ...given, sensitive })}
            />
            <TextInput
              type="date"
              required
              label={t('form.until')}
              value={given.until}
              min={today()}
              onChange={(event) => give({ ...given, until: event.currentTarget.value })}
            />
            <Text size="sm">{t('new.promise')}</Text>
            <Failure error={write.error} />
            {isReady ? null : <Text size="sm">{t('new.choose')}</Text>}
            <Group>
              <Button type="submit" loading={write.isPending} disabled={!isReady}>
                {t('new.now')}
              </Button>
              <Button variant="default" onClick={() => go('/sharing')}>
                {t('close')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Alert color="gray">{t('new.proxy')}</Alert>
      )}
    </>
  );
};
