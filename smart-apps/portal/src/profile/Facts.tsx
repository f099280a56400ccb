// Facts: labels with what is said under them; what is empty is left out.

import { Text } from '@mantine/core';
import classes from '../record/details/Rows.module.css';

export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, string])[] }) => (
  <dl className={classes.rows}>
    {facts
      .filter(([, value]) => value !== '')
      .map(([label, value]) => (
        <div key={label} className={classes.row}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <dd className={`${classes.value ?? ''} ${classes.text ?? ''}`}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
  </dl>
);
