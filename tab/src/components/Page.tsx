// One page: its heading, from when its figures are, and its states; the content is drawn when there is data.
import { Button } from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';
import type { View } from '../useView';
import { isClosed, Paused, PageLoading, ProblemMessage, Stale } from './Message';
import { PageLinks } from './PageLinks';
import { PageTitle } from './PageTitle';

interface AsOf {
  readonly boardName: string;
  readonly atWords: string;
  readonly readAtWords: string;
  readonly stale?: string | undefined;
  readonly paused?: string | undefined;
}

export function Page<Data extends { readonly asOf: AsOf }>(props: {
  readonly title: string;
  /** What is loading, for the loading sign. */
  readonly what: string;
  readonly view: View<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, problem, isReading, reload, updates } = props.view;
  useEffect(() => {
    document.title = data ? `${props.title}, ${data.asOf.boardName}` : props.title;
  }, [props.title, data]);
  const asOf = data?.asOf;
  return (
    <>
      <div className="page-head">
        <PageTitle>{props.title}</PageTitle>
        {asOf && (
          <p className="as-of">
            As of {asOf.atWords}{' '}
            <Button
              className="no-print"
              size="small"
              appearance="transparent"
              disabledFocusable={isReading}
              onClick={() => void reload(true)}
            >
              {isReading ? 'Reading …' : 'Read again'}
            </Button>
            <Button className="no-print" size="small" appearance="transparent" onClick={() => window.print()}>
              Print
            </Button>
            <PageLinks title={props.title} />
          </p>
        )}
      </div>
      {problem && data && <Stale text={`${problem.title}. ${problem.detail}`} since={data.asOf.readAtWords} />}
      <p role="status" className="visually-hidden">
        {/* Another time each time, so that it is said again. */}
        {updates > 0 && asOf && `Updated at ${asOf.atWords.split(', ').at(-1) ?? ''}`}
      </p>
      {asOf?.paused !== undefined && <Paused text={asOf.paused} />}
      {asOf?.stale !== undefined && <Stale text={asOf.stale} since={asOf.readAtWords} />}
      {problem && !data && (
        <ProblemMessage problem={problem} {...(isClosed(problem) ? {} : { onRetry: () => void reload() })} />
      )}
      {!problem && !data && <PageLoading what={props.what} />}
      {data && props.children(data)}
      {asOf && (
        <p className="print-only print-foot" aria-hidden="true">
          {`${asOf.boardName}. ${props.title}, as of ${asOf.atWords}. ${window.location.href}`}
        </p>
      )}
    </>
  );
}

/** A part of a page under a heading of its own. */
export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly note?: ReactNode;
  /** A link on the page leads to it: its heading takes the focus then. */
  readonly isPlace?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={`panel ${props.className ?? ''}`} aria-labelledby={`${props.id}-title`}>
      <div className="panel-head">
        <h2 id={`${props.id}-title`} {...(props.isPlace ? { tabIndex: -1 } : {})}>
          {props.title}
        </h2>
        {props.note !== undefined && <p className="quiet">{props.note}</p>}
      </div>
      {props.children}
    </section>
  );
}
