// Requests: what this clinician has asked for and what came of it; it is looked at again now and then.

import { Stack, Title } from '@mantine/core';
import type { Task } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { useRefreshed } from '@meridian/ui/fhir/useRefreshed.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { RequestCard } from './RequestCard.tsx';

export const Requests = () => {
  const { t } = useTranslation('access');
  const { user } = useSession();
  const found = useSearch<Task>('Task', {
    ...{ code: 'request-access', requester: user, _sort: '-authored-on', _count: 10 },
  });
  useRefreshed(['Task'], 30);
  return (
    <section aria-labelledby="requests">
      <Title order={2} size="h5" id="requests" mb="sm">
        {t('requests.title')}
      </Title>
      <Listed found={found} empty={{ title: t('requests.none'), text: t('requests.noneText') }}>
        {(tasks) => (
          <Stack gap="sm">
            {tasks.map((task) => (
              <RequestCard key={task.id} task={task} />
            ))}
          </Stack>
        )}
      </Listed>
    </section>
  );
};
