// "Agenda" in chat: the items of the next meeting, when each begins and who leads it.
import { agendaLeadWords, startTimes } from '../board/agenda';
import { noticeCard } from '../cards/notice';
import { timeWords } from '../cards/words';
import { asOfLine, listed } from './askActions';
import { amongPhrases, topicSkill } from './topics';

export const agendaSkill = topicSkill({
  verb: 'agenda',
  view: 'meeting',
  inGroups: true,
  offers: [{ phrase: 'agenda', does: 'the items of the next meeting and when each begins' }],
  asks: amongPhrases(
    ...['agenda', 'the agenda', 'meeting agenda', 'agenda for the meeting', 'agenda of the meeting', 'next agenda'],
    ...['whats on the agenda', 'what is on the agenda', 'whats the agenda', 'what is the agenda', 'agenda items'],
    ...['what are we discussing', 'what will we discuss'],
  ),
  answer(context, asked) {
    const { meeting, calendar, assessment } = context;
    if (!meeting) return noticeCard({ title: 'Agenda', lines: ['No meeting is planned, so there is no agenda.'] });
    const { agenda } = assessment.policy;
    const times = startTimes(meeting, agenda);
    return listed(context, asked, {
      verb: 'agenda',
      heading: `Agenda for ${calendar.longDate(meeting.on)}`,
      lines: [
        `${timeWords(meeting.startsAtTime)} to ${timeWords(meeting.endsAtTime)}. The board pack says what each item asks of the board. ${asOfLine(context)}`,
      ],
      rows: agenda.map((item, index) => ({
        ref: '',
        title: `${index + 1}. ${item.title}`,
        text: `${timeWords(times[index] ?? meeting.startsAtTime)}, led by ${agendaLeadWords[item.lead]}.${item.asks === undefined ? '' : ` Asked of the board: ${item.asks}`}`,
      })),
      unit: 'item',
      empty: 'The board has set no item.',
    });
  },
});
