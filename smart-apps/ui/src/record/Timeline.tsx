// Timeline: what happened, newest first, month by month.

import type { ReactNode } from 'react';
import { Anchor, Group, Text, Title } from '@mantine/core';
import { IconPoint, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../format/useFormat.ts';
import { groupByPeriod } from './timeline.ts';
import classes from './Timeline.module.css';

export interface TimelineItem {
  readonly id: string;
  /** A FHIR dateTime, partial or whole. */
  readonly date: string | undefined;
  /** What it is, such as "Result" or "Medicine". */
  readonly kind: string;
  readonly title: string;
  readonly text?: string | undefined;
  /** The address of its page, below the app. */
  readonly to?: string | undefined;
  readonly icon?: Icon | undefined;
  readonly badge?: ReactNode;
}

export const Timeline = ({ items }: { readonly items: readonly TimelineItem[] }) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  return (
    <>
      {groupByPeriod(items).map(({ period, items: found }) => (
        <section key={period ?? ''} className={classes.period}>
          <Title order={2} size="h6" c="dimmed" className={classes.heading}>
            {period === undefined ? t('timeline.noDate') : format.date(period)}
          </Title>
          <ol className={classes.items}>
            {found.map((item) => (
              <Entry key={item.id} item={item} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
};

const Entry = ({ item }: { readonly item: TimelineItem }) => {
  const format = useFormat();
  const { date, kind, title, text, to, icon: ItemIcon = IconPoint, badge } = item;
  return (
    <li className={classes.item}>
      <span className={classes.icon}>
        <ItemIcon size={18} aria-hidden />
      </span>
      <div className={classes.words}>
        <Text size="sm" c="dimmed">
          {[kind, format.date(date)].filter(Boolean).join(' · ')}
        </Text>
        <Group gap="xs">
          {to === undefined ? (
            <Text fw={600}>{title}</Text>
          ) : (
            <Anchor component={Link} href={to} fw={600}>
              {title}
            </Anchor>
          )}
          {badge}
        </Group>
        {text === undefined ? null : <Text size="sm">{text}</Text>}
      </div>
    </li>
  );
};
