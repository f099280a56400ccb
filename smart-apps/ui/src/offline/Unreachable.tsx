// Unreachable: the server cannot be reached while the app opens; says so, and offers what this device keeps.

import { useTranslation } from 'react-i18next';
import type { AppSettings } from '../session/launch.ts';
import { Notice } from '../states/Notice.tsx';

export const Unreachable = ({ app }: { readonly app: AppSettings }) => {
  const { t } = useTranslation('ui');
  return (
    <div data-app={app.name}>
      <Notice
        tone="warning"
        title={t('session.unreachable')}
        text={t('session.unreachableText')}
        action={{ label: t('session.tryAgain'), run: () => globalThis.location.reload() }}
      />
    </div>
  );
};
