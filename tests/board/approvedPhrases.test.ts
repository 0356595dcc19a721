// Busy people's ways of saying the same, each with each way of naming the item: what is read, word for word as approved.
import { approvedLines } from '../fixtures/approved';
import { readPhrase } from '../fixtures/readPhrase';

const ways: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'action',
    ['APA1.04', 'apa 1.4:', 'Re APA1-4 -', 'Locality profiles'],
    [
      ...[
        '60%',
        'now 60 per cent done',
        'is 3/4 done',
        'half done',
        'about 60%',
        '~ 60 %',
        '60',
        '60.5%',
        '101%',
        'done',
      ],
      ...[
        'complete',
        'completed 3 january',
        'finished on 6/1',
        'nearly there',
        'not started',
        'on track',
        'off-track!',
      ],
      ...['at risk because the extract is late', 'still on hold', 'back on track', 'was off track, now at risk'],
      ...['slipping', 'delayed to march', 'by 14 feb', 'will land 14/2', 'should land by the end of february'],
      ...['due 14th of Feburary', 'eta mid march', 'next month', 'in two weeks', 'tomorrow', 'by easter', 'by q2'],
      ...['before the next meeting', 'moved to 14 march', 'waiting for the ICB', 'waiting on the icb and schools'],
      ...['stuck on the ICB extract', 'blocked: no data', 'no longer blocked', 'nothing in the way', 'no change'],
      ...['nothing new', 'same as last time', 'milestone 2 done', 'milestones 1 and 2 complete', 'milestone 9 done'],
      ...['no evidence yet', 'some evidence of effect', 'too early to say', 'parents say it is better', 'ok', '?', ''],
      ...['- 60%\n- by 14 feb\n- waiting for the ICB', '60%, on track. Kind regards, Freya', '60% 70%'],
    ],
  ],
  [
    'risk',
    ['R03', 'risk 3', 'Educational psychologist shortage'],
    [
      ...['impact 4', 'impact now 4 because the locum left', 'L3 I4', '3x4', '4 / 5', 'score 12', 'likelihood high'],
      ...['likelihood and impact both 3', 'impact down', 'impact up to 5', 'very likely', 'likelihood from 5 to 4'],
      ...['closed', 'no change', 'same', 'mitigation 1 done', 'mitigation 2 in progress', 'R03.1 not started', 'worse'],
      ...['impact 6', 'impact 0', 'impact 4.5', 'impact four', 'likelihood 4 impact 4 because two resigned'],
    ],
  ],
  [
    'measure',
    ['M01', 'm 1', 'Dashboard fields live and quality assured'],
    [
      ...['December 89', 'dec 89%', '89', '89.5 for december', '12/2024: 89', '2024-12 = 89', 'november 2024 87.5'],
      ...[
        'jan 89',
        'q4 89',
        'about 89',
        'between 80 and 90',
        'up from 87 to 89 in december',
        '1,204',
        '-3',
        'same',
        'n/a',
      ],
      ...['December 89 source: the dashboard', 'dec 89, nov 87', 'may 24', 'sept 88', 'december eighty nine'],
    ],
  ],
];

test.each(ways)('%s', (kind, names, sayings) => {
  const lines = names.flatMap((name) =>
    sayings.map((said) => {
      const { items, unclear, leftover, ...rest } = readPhrase(`${name} ${said}`);
      return `${JSON.stringify(`${name} ${said}`)} ${JSON.stringify({ ...rest, items, unclear, leftover })}`;
    }),
  );
  expect(lines).toEqual(approvedLines(`phrases-${kind}`, lines));
});
