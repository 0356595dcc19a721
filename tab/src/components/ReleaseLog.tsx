// The log of a meeting before it is released: what would be filed and who gets it; the secretary releases exactly what is shown.
import { Button, Field, Input, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import {
  releasePreview,
  releaseResponse,
  type MeetingResponse,
  type Problem,
  type ReleasePreviewBody,
} from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { counted } from '../words';
import { Loading, ProblemMessage } from './Message';
import { Section } from './Page';

type Release = NonNullable<NonNullable<MeetingResponse['meeting']>['release']>;

export function ReleaseLog(props: {
  readonly boardId: string;
  readonly meetingRef: string;
  readonly release: Release;
  readonly onDone: () => Promise<void>;
}) {
  const { boardId, meetingRef, release } = props;
  const api = useApi();
  const [preview, setPreview] = useState<ReleasePreviewBody>();
  const [reason, setReason] = useState('');
  /** The reason that the preview was made with: only that is released. */
  const [shownReason, setShownReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [moved, setMoved] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<string>();
  const [underWay, setUnderWay] = useState<'looking' | 'releasing'>();
  const status = useRef<HTMLDivElement>(null);
  const draft = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (said !== undefined) status.current?.focus();
  }, [said]);
  useEffect(() => {
    if (preview) draft.current?.focus();
  }, [preview]);

  const address = `/boards/${encodeURIComponent(boardId)}/meetings/${encodeURIComponent(meetingRef)}/release`;
  const read = async (why: string): Promise<void> => {
    const query = new URLSearchParams({ kind: release.kind, ...(why === '' ? {} : { reason: why }) });
    setPreview(await api.get(`${address}?${query.toString()}`, releasePreview));
    setShownReason(why);
  };

  async function run(what: 'looking' | 'releasing', act: () => Promise<void>): Promise<void> {
    if (underWay !== undefined) return;
    setUnderWay(what);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setUnderWay(undefined);
    }
  }

  const look = () =>
    run('looking', async () => {
      setMoved([]);
      setSaid(undefined);
      await read(reason.trim());
    });
  const freeze = (seen: string) =>
    run('releasing', async () => {
      const given = { kind: release.kind, seen, ...(shownReason === '' ? {} : { reason: shownReason }) };
      try {
        const { shortCode, by, papers } = await api.post(address, given, releaseResponse);
        setPreview(undefined);
        setMoved([]);
        setReason('');
        setSaid(
          `Released as ${shortCode} by ${by}. ${counted(papers.length, 'file')} filed; it never changes from here on.` +
            (release.kind === 'before' ? ' The papers go out now.' : ''),
        );
        await props.onDone();
      } catch (error) {
        const found = problemOf(error);
        if (found.currentVersion === undefined) throw error;
        await read(shownReason);
        setMoved(found.issues?.map((one) => one.message) ?? [found.detail]);
      }
    });

  return (
    <Section id="release" title={release.title} note={release.frozen.length === 0 ? 'Not released yet' : 'Released'}>
      <div role="status" tabIndex={-1} ref={status}>
        {said !== undefined && (
          <MessageBar intent="success" layout="multiline" className="message">
            <MessageBarBody>{said}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {release.frozen.length > 0 && (
        <ul className="reasons">
          {release.frozen.map((one) => (
            <li key={one.shortCode}>{one.words}</li>
          ))}
        </ul>
      )}
      {problem && <ProblemMessage problem={problem} />}
      {moved.length > 0 && <Moved changed={moved} />}
      {underWay === 'looking' && <Loading what="the draft of the log" />}
      {preview && (
        <Draft preview={preview} heading={draft}>
          {preview.corrects && release.mayRelease && (
            <Field
              label={`Why is ${preview.corrects.shortCode} corrected?`}
              hint="It stands in the new log. Look at the draft again once it is written."
            >
              <Input value={reason} onChange={(_event, { value }) => setReason(value)} />
            </Field>
          )}
        </Draft>
      )}
      <div className="buttons no-print">
        {preview && release.mayRelease && mayGoOut(preview, reason, shownReason) && (
          <Button
            appearance="primary"
            disabledFocusable={underWay !== undefined}
            onClick={() => void freeze(preview.seen)}
          >
            {underWay === 'releasing' ? 'Releasing …' : 'Release'}
          </Button>
        )}
        <Button disabledFocusable={underWay !== undefined} onClick={() => void look()}>
          {preview ? 'Look at the draft again' : 'Look at the draft'}
        </Button>
      </div>
      {!release.mayRelease && <p className="quiet">The secretary releases the log; the chair may look at it.</p>}
    </Section>
  );
}

/** Nothing blocks it, it is new, and a correction was looked at with the reason that stands there. */
function mayGoOut(preview: ReleasePreviewBody, reason: string, shownReason: string): boolean {
  if (preview.blocked.length > 0 || preview.alreadyFrozen !== undefined) return false;
  return preview.corrects === undefined || (shownReason !== '' && shownReason === reason.trim());
}

function Moved({ changed }: { readonly changed: readonly string[] }) {
  return (
    <MessageBar intent="warning" layout="multiline" className="message" role="alert">
      <MessageBarBody>
        <MessageBarTitle>The board moved since you looked: nothing was released.</MessageBarTitle> Below is the draft as
        it is now; press Release once you have looked at it.
        <ul>
          {changed.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

function Draft(props: {
  readonly preview: ReleasePreviewBody;
  readonly heading: Ref<HTMLHeadingElement>;
  readonly children: ReactNode;
}) {
  const { preview, heading, children } = props;
  const { corrects, outcomes } = preview;
  return (
    <div className="answer">
      <h3 tabIndex={-1} ref={heading}>
        The draft
      </h3>
      <p className="lead">{preview.headline}</p>
      {preview.alreadyFrozen !== undefined && (
        <p>{`This is what ${preview.alreadyFrozen} holds already: there is nothing new to release.`}</p>
      )}
      {preview.blocked.length > 0 && (
        <div role="alert">
          <h4>What keeps it from being released</h4>
          <Lines of={preview.blocked.map((one) => `${one.ref}: ${one.text}`)} />
        </div>
      )}
      {preview.warnings.length > 0 && (
        <>
          <h4>To look at before it is shared</h4>
          <Lines of={preview.warnings.map((one) => `${one.ref}: ${one.text}`)} />
        </>
      )}
      {corrects && (
        <>
          <h4>{`It corrects ${corrects.shortCode}`}</h4>
          <Lines of={corrects.changed.map((one) => `${one.ref}: ${one.texts.join(' ')}`)} />
        </>
      )}
      {outcomes && <p>{outcomes.attendance}</p>}
      {preview.slow.length > 0 && (
        <details>
          <summary>{`${counted(preview.slow.length, 'action or measure', 'actions and measures')} slow to progress`}</summary>
          <Lines of={preview.slow} />
        </details>
      )}
      <h4>{`What is filed: ${counted(preview.fileNames.length, 'file')}, ${counted(preview.rows, 'row')}`}</h4>
      <Lines of={preview.fileNames} />
      <h4>{`Who gets it: ${preview.goesTo.length === 0 ? 'nobody is sent it' : counted(preview.goesTo.length, 'person', 'people')}`}</h4>
      <Lines of={preview.goesTo} />
      {children}
    </div>
  );
}

function Lines({ of }: { readonly of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <ul className="reasons">
      {of.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
