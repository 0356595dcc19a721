// What people do about items beside answering them, put together over one set of ports.
import { createAddEvidence, type AddEvidence } from './addEvidence';
import { createDecideDate, type DecideDate } from './decideDate';
import { createDelegate, type Delegate } from './delegate';
import { createUndoAnswer, type UndoAnswer } from './undoAnswer';
import type { WriteOncePorts } from './writeOnce';

export interface ChatActs {
  readonly undoAnswer: Pick<UndoAnswer, 'undo'>;
  readonly decideDate: Pick<DecideDate, 'ask' | 'decide'>;
  readonly delegate: Pick<Delegate, 'delegate'>;
  readonly addEvidence: Pick<AddEvidence, 'add'>;
  /** Carries out what a crash left unfinished; returns how many were completed. */
  resume(boardId: string): Promise<number>;
}

export function createChatActs(ports: WriteOncePorts): ChatActs {
  const undoAnswer = createUndoAnswer(ports);
  const decideDate = createDecideDate(ports);
  const delegate = createDelegate(ports);
  const addEvidence = createAddEvidence(ports);
  return {
    undoAnswer,
    decideDate,
    delegate,
    addEvidence,
    async resume(boardId) {
      let completed = 0;
      for (const one of [undoAnswer, decideDate, delegate, addEvidence]) completed += await one.resume(boardId);
      return completed;
    },
  };
}
