// Every skill of the chat, in the order in which they are asked: exact words first, free text last.
import type { TabAddress } from '../cards/messageShape';
import type { InviteBoard } from '../services/inviteBoard';
import type { ManageItems } from '../services/manageItems';
import type { BoardChannels } from '../services/boardChannel';
import type { ConfirmCycle } from '../services/confirmCycle';
import type { PauseSending } from '../services/pauseSending';
import type { NudgeOwners } from '../services/nudgeOwners';
import type { Library } from '../services/ports';
import type { ReleaseLog } from '../services/releaseLog';
import type { Search } from '../services/search';
import type { ChatActs } from '../services/chatActs';
import { allMineSkill } from './allMineSkill';
import { areaSkill, overdueSkill, slowSkill } from './askActions';
import { agendaSkill } from './askMeeting';
import { changesSkill, measuresSkill, risksSkill, waitingSkill } from './askRegisters';
import { createChannelSkill } from './channelSkill';
import { createConfirmSkill } from './confirmSkill';
import { createDateChangeSkill } from './dateChangeSkill';
import { createDelegateSkill } from './delegateSkill';
import { createDeliverySkill, type DeliverySkillDeps } from './deliverySkill';
import { createEvidenceSkill } from './evidenceSkill';
import { createHelpSkill } from './helpSkill';
import { historySkill } from './historySkill';
import { createInvitationSkill } from './invitationSkill';
import { itemsSkill } from './itemsSkill';
import { createLogSkill } from './logSkill';
import { createManageSkill } from './manageSkill';
import { meetingSkill } from './meetingSkill';
import { createNudgeSkill } from './nudgeSkill';
import { createPauseSkill } from './pauseSkill';
import { readSkill } from './readSkill';
import { createReleaseSkill } from './releaseSkill';
import { createSearchSkill } from './searchSkill';
import type { Skill } from './skills';
import { createUndoSkill } from './undoSkill';
import { wordsSkill } from './wordsSkill';

/** What skills need beside the records; each skill with services of its own is made here from them. */
export interface SkillDeps extends DeliverySkillDeps {
  readonly manageItems: ManageItems;
  readonly pauseSending: PauseSending;
  readonly confirmCycle: ConfirmCycle;
  readonly boardChannels: BoardChannels;
  readonly library: Pick<Library, 'list'>;
  readonly acts: ChatActs;
  readonly inviteBoard: Pick<InviteBoard, 'view' | 'send'>;
  readonly search: Search;
  readonly releaseLog: ReleaseLog;
  readonly nudgeOwners: NudgeOwners;
  /** The address of a page of the tab as people open it. */
  readonly tabAddress?: TabAddress;
}

export function chatSkills(deps: SkillDeps): readonly Skill[] {
  const skills: Skill[] = [
    itemsSkill,
    allMineSkill,
    createUndoSkill(deps.acts.undoAnswer),
    createDateChangeSkill(deps.acts.decideDate),
    createDelegateSkill(deps.acts.delegate),
    createEvidenceSkill(deps.acts.addEvidence),
    overdueSkill,
    slowSkill,
    areaSkill,
    readSkill,
    historySkill,
    createSearchSkill(deps.search),
    risksSkill,
    measuresSkill,
    meetingSkill,
    agendaSkill,
    createInvitationSkill(deps.inviteBoard),
    changesSkill,
    waitingSkill,
    createNudgeSkill(deps.nudgeOwners),
    createLogSkill(deps.library),
    createReleaseSkill(deps.releaseLog, deps.tabAddress),
    createConfirmSkill(deps.confirmCycle),
    createPauseSkill(deps.pauseSending),
    createDeliverySkill(deps),
    createChannelSkill(deps.boardChannels),
    createManageSkill(deps.manageItems),
  ];
  // Free text last: whatever is no command may be an update.
  skills.push(wordsSkill);
  // Help tells of every skill, its own included.
  skills.push(createHelpSkill(() => skills));
  return skills;
}
