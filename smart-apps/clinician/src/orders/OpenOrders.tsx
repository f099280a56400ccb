// OpenOrders: what is ordered for the patient and not done yet, and cancelling it.

import { useState } from 'react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ServiceRequest } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { CancelDialog } from './CancelDialog.tsx';
import { kindOf } from './order.ts';

export const OpenOrders = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('orders');
  const [cancelling, setCancelling] = useState<string>();
  const found = useSearch<ServiceRequest>('ServiceRequest', {
    ...{ patient, status: 'active,on-hold,draft', _sort: '-authored', _count: 20 },
  });
  const request = found.items.find(({ id }) => id === cancelling);
  return (
    <section aria-labelledby="open-orders">
      <Title order={2} size="h5" mb="xs" id="open-orders">
        {t('open.title')}
      </Title>
      <Listed found={found} empty={{ title: t('open.none') }}>
        {(requests) => (
          <Stack gap="xs">
            {requests.map((each) => (
              <OpenOrder key={each.id} request={each} cancel={() => setCancelling(each.id)} />
            ))}
          </Stack>
        )}
      </Listed>
      {request === undefined ? null : (
        <CancelDialog
          {...{ request, readAgain: found.again, close: () => setCancelling(undefined) }}
        />
      )}
    </section>
  );
};

interface OpenOrderProps {
  readonly request: ServiceRequest;
  readonly cancel: () => void;
}

const OpenOrder = ({ request, cancel }: OpenOrderProps) => {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const { code, priority = 'routine', authoredOn, requester, reasonCode } = request;
  const what = format.concept(code);
  const kind = kindOf(request);
  return (
    <Paper withBorder p="sm">
      <Group gap="xs">
        <Text fw={600}>{what}</Text>
        {priority === 'routine' ? null : (
          <Badge variant="light" color={priority === 'stat' ? 'red' : 'orange'} tt="none">
            {t(`priority.${priority}`)}
          </Badge>
        )}
      </Group>
      <Text size="sm">
        {[kind === undefined ? '' : t(`kind.${kind}`), format.concept(reasonCode?.[0])]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Text size="xs" c="dimmed">
        {[format.dateTime(authoredOn), requester?.display].filter(Boolean).join(' · ')}
      </Text>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        aria-label={t('open.cancelOf', { what })}
        onClick={cancel}
      >
        {t('open.cancel')}
      </Button>
    </Paper>
  );
};
