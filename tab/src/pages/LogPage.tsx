// The frozen action and impact logs: what changed between any two, the papers filed with them, and whether those agree.
import { Button, TableCell, TableRow } from '@fluentui/react-components';
import { useState } from 'react';
import { logResponse, type LogResponse, type Problem } from '../../../bot/api/contract';
import { CheckLogs } from '../components/CheckLogs';
import { CompareLogs } from '../components/CompareLogs';
import { Empty, ProblemMessage, Stale } from '../components/Message';
import { Page, Section } from '../components/Page';
import { StackingTable } from '../components/StackingTable';
import { PageLink } from '../router';
import { problemOf, useApi, useView } from '../useView';
import { bytesWords, longDate } from '../words';

export function LogPage() {
  const view = useView('/log', logResponse);
  return (
    <Page title="Log" what="the logs" view={view}>
      {(data) => (
        <>
          <p className="lead">The action and impact log of each meeting, kept as the board was given it.</p>
          <Section id="logs" title="Frozen logs" note="A frozen log never changes; a correction is a new one">
            <Logs logs={data.logs} />
          </Section>
          {data.logs.length > 1 && (
            <Section id="compare" title="What changed between two logs">
              <CompareLogs boardId={data.asOf.boardId} logs={data.logs} />
            </Section>
          )}
          <Section id="papers" title="Papers filed with them">
            {data.unread !== undefined && <Stale text={data.unread} />}
            <Papers papers={data.papers} />
          </Section>
          {data.logs.length > 0 && (
            <Section id="check" title="Is it still what was frozen?" className="no-print">
              <CheckLogs boardId={data.asOf.boardId} logs={data.logs} />
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

function Logs({ logs }: { readonly logs: LogResponse['logs'] }) {
  if (logs.length === 0)
    return (
      <Empty>
        No log is frozen yet. The secretary freezes the first one when the papers for a meeting are released.
      </Empty>
    );
  const mayCorrect = logs.some((one) => one.correctAt !== undefined);
  const columns = ['Log', 'Meeting', 'Frozen', 'Actions', 'Slow', 'Code', ...(mayCorrect ? ['Correct'] : [])];
  return (
    <StackingTable label="Frozen logs, newest first" columns={columns}>
      {logs.map((one) => (
        <TableRow key={`${one.meetingRef} ${one.kind} ${one.hash}`}>
          <TableCell className="cell-head" role="rowheader">{`${one.meetingRef}, ${one.kind}`}</TableCell>
          <TableCell data-label="Meeting">{one.meetingWords}</TableCell>
          <TableCell data-label="Frozen">{longDate(one.frozenOn)}</TableCell>
          <TableCell data-label="Actions">{one.actions === 0 ? 'not recorded then' : one.actions}</TableCell>
          <TableCell data-label="Slow">{one.slow ?? 'not recorded then'}</TableCell>
          <TableCell data-label="Code">
            <span title={one.hash}>{one.shortCode}</span>
          </TableCell>
          {mayCorrect && (
            <TableCell data-label="Correct">
              {one.correctAt === undefined ? (
                <span className="quiet">Not any more</span>
              ) : (
                <PageLink to={one.correctAt} label={`Correct ${one.shortCode} with a new log`}>
                  With a new log
                </PageLink>
              )}
            </TableCell>
          )}
        </TableRow>
      ))}
    </StackingTable>
  );
}

function Papers({ papers }: { readonly papers: LogResponse['papers'] }) {
  const api = useApi();
  const [problem, setProblem] = useState<Problem>();
  if (papers.length === 0)
    return <Empty>No paper is filed yet. Freezing a log files its document, workbook and record here.</Empty>;
  const download = async (meetingRef: string, name: string): Promise<void> => {
    try {
      save(await api.download(meetingRef, name), name);
      setProblem(undefined);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      {problem && <ProblemMessage problem={problem} />}
      <ul className="rows papers">
        {papers.map((one) => (
          <li key={`${one.meetingRef}/${one.name}`}>
            <div>
              <p className="row-title">{one.name}</p>
              <p className="quiet">{`${one.kindWords}, ${bytesWords(one.bytes)}, meeting on ${one.meetingWords}`}</p>
            </div>
            <Button
              className="no-print"
              aria-label={`Download ${one.name}`}
              onClick={() => void download(one.meetingRef, one.name)}
            >
              Download
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
