// Every skill of the chat, in the order in which they are asked: exact words first, free text last.
import { createHelpSkill } from './helpSkill';
import { itemsSkill } from './itemsSkill';
import { meetingSkill } from './meetingSkill';
import type { Skill } from './skills';

/** Skills with services of their own are made here from `deps`. */
export function chatSkills(): readonly Skill[] {
  const skills: Skill[] = [itemsSkill, meetingSkill];
  // Help tells of every skill, its own included.
  skills.push(createHelpSkill(() => skills));
  return skills;
}
