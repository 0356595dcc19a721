// The states of a page besides its content: loading, problem, older than it should be, empty.
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from '@fluentui/react-components';
import { useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../../../bot/api/contract';

export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="loading" role="status">
      <Spinner size="small" label={`Loading ${what} …`} />
    </div>
  );
}

/** What SharePoint is asked for while somebody waits: where its units are spent, that takes a minute and more. */
export function SiteLoading({ what }: { readonly what: string }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Loading what={what} />
      <p className="quiet" role="status">
        {isSlow &&
          'SharePoint allows so many requests a minute, and others go first. This can take up to two minutes; it goes on by itself.'}
      </p>
    </>
  );
}

const slowAfterMs = 6_000;

/** A page that is on its way: as tall as most are, so that nothing jumps when it comes. */
export function PageLoading({ what }: { readonly what: string }) {
  return (
    <>
      <Loading what={what} />
      <div className="skeleton" aria-hidden="true">
        <div className="panel" />
        <div className="panel" />
        <div className="panel" />
      </div>
    </>
  );
}

/** Not open to this reader: nothing is broken, and trying again changes nothing. */
export function isClosed(problem: Problem): boolean {
  return problem.type === 'urn:board-assistant:problem:not-allowed';
}

export function ProblemMessage(props: { readonly problem: Problem; readonly onRetry?: () => void }) {
  const { problem } = props;
  return (
    <MessageBar intent={isClosed(problem) ? 'info' : 'error'} layout="multiline" className="message" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{problem.title}.</MessageBarTitle> {problem.detail}
      </MessageBarBody>
      {props.onRetry && (
        <MessageBarActions>
          <Button onClick={props.onRetry}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

export function Stale({ text, since }: { readonly text: string; readonly since?: string }) {
  return (
    <MessageBar intent="warning" layout="multiline" className="message">
      <MessageBarBody>
        {text}
        {since === undefined ? '' : ` Shown as read on ${since}.`}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Somebody stopped all messages of the board. */
export function Paused({ text }: { readonly text: string }) {
  return (
    <MessageBar intent="warning" layout="multiline" className="message">
      <MessageBarBody>
        <MessageBarTitle>Nothing is sent.</MessageBarTitle> {text}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Says what would fill the place, and how. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
