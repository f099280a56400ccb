// Boundary: a page that cannot be shown does not take the app with it: one that could not be loaded, or that broke.
// https://react.dev/reference/react/Component#catching-rendering-errors-with-an-error-boundary

import { Component, lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppSettings } from '../session/launch.ts';
import { Loading } from '../states/Loading.tsx';
import { Notice } from '../states/Notice.tsx';

const Unreachable = lazy(async () => ({
  default: (await import('../offline/Unreachable.tsx')).Unreachable,
}));

export interface BoundaryProps {
  readonly app: AppSettings;
  /** The path of the page: another one is tried anew. */
  readonly place: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: unknown;
}

/** React has no other form for this than a class. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error };
  }

  override componentDidUpdate({ place }: BoundaryProps): void {
    if (place !== this.props.place && this.state.error !== undefined)
      this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { app, children } = this.props;
    const { error } = this.state;
    return error === undefined ? children : <Broken app={app} error={error} />;
  }
}

const Broken = ({ app, error }: { readonly app: AppSettings; readonly error: unknown }) => {
  const { t } = useTranslation('ui');
  // What a browser says of a file of the app that it could not fetch.
  if (/dynamically imported module|importing a module|preload/i.test(String(error)))
    return (
      <Suspense fallback={<Loading />}>
        <Unreachable app={app} />
      </Suspense>
    );
  return (
    <Notice
      tone="warning"
      title={t('failure.fault.title')}
      text={t('failure.fault.text')}
      action={{ label: t('failure.tryAgain'), run: () => globalThis.location.reload() }}
    />
  );
};
