// Moment: when a visit is, as the clocks of its place say it; and as this device says it where that is another time.

import { Text } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { isElsewhere, offsetOf } from '@meridian/ui/time/offset.ts';
import { useTranslation } from 'react-i18next';

export interface MomentProps {
  readonly value: string;
  readonly size?: string;
}

export const Moment = ({ value, size = 'md' }: MomentProps) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const zone = offsetOf(value);
  return (
    <div>
      <Text fw={600} size={size}>
        {t('visit.at', { day: format.day(value, zone), time: format.time(value, zone) })}
      </Text>
      {isElsewhere(value) ? (
        <Text size="sm">
          {t('visit.yourTime', { day: format.day(value), time: format.time(value) })}
        </Text>
      ) : null}
    </div>
  );
};
