import { nobodyWaitedFor } from '../../bot/board/phraseAction';
import { readPhrase as read } from '../fixtures/readPhrase';

/** One line an item: `APA1.04 percentComplete=60 forecastOn=?`; a question shows as `?`, beside its field where it has one. */
function told(text: string): string {
  const { items, unclear, leftover } = read(text);
  const lines = items.map((item) => {
    const asked = item.questions.filter((one) => one.field !== 'narrative').map((one) => `${one.field ?? ''}=?`);
    const fields = Object.entries(item.fields).map(([name, value]) => `${name}=${value}`);
    return [
      item.ref,
      ...(item.noChange ? ['no change'] : []),
      ...(item.period ? [item.period] : []),
      ...fields,
      ...asked,
    ].join(' ');
  });
  const unknown = unclear.map((one) => `unclear ${one.words}: ${one.nearest.join(' ')}`);
  return [...lines, ...unknown, ...(leftover === '' ? [] : [`left: ${leftover}`])].join(' / ');
}

describe('an action, as busy people type', () => {
  test.each([
    [
      'APA1.04 is 60% done, waiting for the ICB extract, should land by 14 February',
      'APA1.04 percentComplete=60 blocker=Waiting for the ICB extract waitingOnBody=Hertland ICB forecastOn=2025-02-14 narrative=60% done, waiting for the ICB extract, should land by 14 February.',
    ],
    [
      'apa1.04 60% done waiting for icb extract should land by 14 feb',
      'APA1.04 percentComplete=60 blocker=Waiting for icb extract waitingOnBody=Hertland ICB forecastOn=2025-02-14 narrative=60% done, waiting for icb extract, should land by 14 feb.',
    ],
    ['APA1-4 60%', 'APA1.04 percentComplete=60'],
    ['apa 1.4 60 percent done', 'APA1.04 percentComplete=60'],
    ['apa1.04: now at 60 %', 'APA1.04 percentComplete=60'],
    ['Apa 1 04 60per cent', 'APA1.04 percentComplete=60'],
    ['APA104 on track', 'APA1.04 deliveryStatus=on-track'],
    ['APA 1,04 60%', 'APA1.04 percentComplete=60'],
    ['APA1.04\t60%', 'APA1.04 percentComplete=60'],
    ['60% done on APA1.04', 'APA1.04 percentComplete=60'],
    ['update on APA1.04 - 60%', 'APA1.04 percentComplete=60'],
    [
      'APA1.04 “60% done” … waiting on the ICB’s extract 😀',
      "APA1.04 percentComplete=60 blocker=Waiting on the ICB's extract waitingOnBody=Hertland ICB narrative=60% done, waiting on the ICB's extract.",
    ],
    ['APA1.04 Locality profiles: 60%', 'APA1.04 percentComplete=60'],
    [
      'locality profiles 70% done, families say it is better',
      'APA1.04 percentComplete=70 narrative=Families say it is better.',
    ],
    ['locality profile 70%', 'APA1.04 percentComplete=70'],
    [
      'audiolgy capacity still off track, post readvertised',
      'AFI4.05 deliveryStatus=off-track narrative=Post readvertised.',
    ],
    ['no change on family portal', 'AFI2.08 no change'],
    ['no change on AFI2.02', 'AFI2.02 no change'],
    ['AFI2.02 nc', 'AFI2.02 no change'],
    ['AFI2.02 same as last time', 'AFI2.02 no change'],
    ['AFI2.02 nothing to report this month thanks', 'AFI2.02 no change'],
    [
      'APA1.04 no change but waiting for the ICB',
      'APA1.04 blocker=Waiting for the ICB waitingOnBody=Hertland ICB narrative=Waiting for the ICB.',
    ],
    ['apa1.04 sixty five percent', 'APA1.04 percentComplete=65'],
    ['apa1.04 from 60% to 70%', 'APA1.04 percentComplete=70'],
    ['apa1.04 about 60% complete', 'APA1.04 percentComplete=60'],
    ['apa1.04 a hundred percent', 'APA1.04 percentComplete=100 deliveryStatus=?'],
    ['AFI2.03 done', 'AFI2.03 deliveryStatus=complete'],
    ['AFI2.03 finished!!', 'AFI2.03 deliveryStatus=complete'],
    ['Re: AFI2.03 - done and dusted 🎉', 'AFI2.03 deliveryStatus=complete'],
    ['AFI2.03 done on 3 January', 'AFI2.03 deliveryStatus=complete narrative=Done on 3 January.'],
    ['AFI2.03 is embedded', 'AFI2.03 deliveryStatus=embedded'],
    ['AFI2.08 not started', 'AFI2.08 deliveryStatus=not-started'],
    ['AFI2.08 havent started yet', 'AFI2.08 deliveryStatus=not-started'],
    [
      'AFI2.04 stuck, second provider not appointed yet',
      'AFI2.04 deliveryStatus=off-track narrative=Second provider not appointed yet.',
    ],
    ['AFI2.05 slipping', 'AFI2.05 deliveryStatus=at-risk'],
    ['AFI2.05 is at risk', 'AFI2.05 deliveryStatus=at-risk'],
    ['AFI2.05 status: at risk', 'AFI2.05 deliveryStatus=at-risk'],
    ['AFI2.05 amber', 'AFI2.05 deliveryStatus=at-risk'],
    ['AFI2.05 back on track', 'AFI2.05 deliveryStatus=on-track'],
    ['AFI2.05 not on track', 'AFI2.05 deliveryStatus=off-track'],
    ['AFI2.05 no longer off track, now on track', 'AFI2.05 deliveryStatus=on-track'],
    [
      'AFI2.05 off track because the lawyer is on leave',
      'AFI2.05 deliveryStatus=off-track narrative=The lawyer is on leave.',
    ],
    [
      'AFI2.05 65 percent, on track for 14th Februry',
      'AFI2.05 percentComplete=65 deliveryStatus=on-track forecastOn=2025-02-14',
    ],
    ['AFI2.05 is on track to finish by end of march', 'AFI2.05 deliveryStatus=on-track forecastOn=2025-03-31'],
    ['AFI3.04 blocked by planning', 'AFI3.04 blocker=Blocked by planning waitingOnBody=?'],
    [
      'AFI3.04 blocker - planning consent at the county site',
      'AFI3.04 blocker=Planning consent at the county site waitingOnBody=Hertland Council',
    ],
    ['AFI3.04 awaiting DfE sign off', 'AFI3.04 blocker=Awaiting DfE sign off waitingOnBody=DfE (external)'],
    ['AFI3.04 waiting on pcf comments', 'AFI3.04 blocker=Waiting on pcf comments waitingOnBody=Parent Carer Forum'],
    [
      'AFI3.04 waiting for the integrated care board (ICB)',
      'AFI3.04 blocker=Waiting for the integrated care board (ICB) waitingOnBody=Hertland ICB',
    ],
    ['AFI3.04 waiting for NHS England', 'AFI3.04 blocker=Waiting for NHS England waitingOnBody=NHS England (external)'],
    [
      'AFI3.04 waiting for the council and the ICB',
      'AFI3.04 blocker=Waiting for the council and the ICB waitingOnBody=?',
    ],
    ['AFI3.04 no longer waiting for the ICB', `AFI3.04 blocker= waitingOnBody=${nobodyWaitedFor}`],
    ['AFI3.04 blockers: none', `AFI3.04 blocker= waitingOnBody=${nobodyWaitedFor}`],
    ['AFI3.04 waiting', 'AFI3.04 blocker=?'],
    [
      'APA1.04 blocked by the printer',
      'APA1.04 blocker=Blocked by the printer narrative=Blocked by the printer. waitingOnBody=?',
    ],
    ['AFI3.04 depends on APA1.02 and APA1.03', 'AFI3.04 blocker=Depends on APA1.02 and APA1.03 waitingOnBody=?'],
    ['AFI3.04 effect too early to say', 'AFI3.04 effectStatus=too-early'],
    ['AFI3.04 some evidence of effect', 'AFI3.04 effectStatus=some-evidence'],
    ['AFI3.04 difference: shorter journeys for families', 'AFI3.04 effect=Shorter journeys for families'],
    ['APA1.04-2 done', 'APA1.04 milestonesCompleted=APA1.04-2'],
    ['APA1.04 milestone 2 is done', 'APA1.04 milestonesCompleted=APA1.04-2'],
    ['APA1.04 milestone 1 done', 'APA1.04 milestonesCompleted=?'],
    ['APA1.04 milestone 7 done', 'APA1.04 milestonesCompleted=?'],
    [
      'APA1.04 spoke to providers about splits, two to go',
      'APA1.04 narrative=Spoke to providers about splits, two to go.',
    ],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('what only seems to be an answer stays the person’s words', () => {
  test.each([
    ['APA1.06 60% of schools have returned the form', 'APA1.06 narrative=60% of schools have returned the form.'],
    ['APA1.06 interviews done, report next', 'APA1.06 narrative=Interviews done, report next.'],
    [
      'APA1.06 green light from finance committee came through',
      'APA1.06 narrative=Green light from finance committee came through.',
    ],
    ['APA1.06 children waiting for a place is down 12%', 'APA1.06 narrative=Children waiting for a place is down 12%.'],
    [
      'AFI4.01 waiting list down to 412, 60% complete',
      'AFI4.01 percentComplete=60 narrative=Waiting list down to 412.',
    ],
    ['APA1.06 met the ICB on 5/12', 'APA1.06 narrative=Met the ICB on 5/12.'],
    ['APA1.06 ICB promised it by 14 Feb', 'APA1.06 narrative=ICB promised it by 14 Feb.'],
    ['APA1.06 will meet ICB on 12 feb', 'APA1.06 narrative=Will meet ICB on 12 feb.'],
    ['APA1.06 should be fine', 'APA1.06 narrative=Should be fine.'],
    ['APA1.06 AGE 7 checks started', 'APA1.06 narrative=AGE 7 checks started.'],
    ['APA1.04-2 weeks late', 'APA1.04 narrative=2 weeks late.'],
    [
      'APA1.04 waiting for R03 to be sorted',
      'APA1.04 blocker=Waiting for R03 to be sorted narrative=Waiting for R03 to be sorted. waitingOnBody=?',
    ],
    ['APA1.04 audiology capacity 60%', 'APA1.04 narrative=Audiology capacity 60%.'],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('what is not certain is asked', () => {
  test.each([
    ['apa1.06 about two thirds done', 'percentComplete=?'],
    ['apa1.06 half way there', 'percentComplete=?'],
    ['apa1.06 60-70%', 'percentComplete=?'],
    ['apa1.06 nearly 60%', 'percentComplete=?'],
    ['apa1.06 110%', 'percentComplete=?'],
    ['apa1.06 66.5%', 'percentComplete=?'],
    ['apa1.06 60', 'percentComplete=?'],
    ['apa1.06 nearly done', 'deliveryStatus=?'],
    ['apa1.06 not done yet', 'deliveryStatus=?'],
    ['apa1.06 in progress', 'deliveryStatus=?'],
    ['apa1.06 can we move the due date to 14 march', '=?'],
    ['apa1.06 ok now', '=?'],
    ['apa1.06 hmm', '=?'],
    ['apa1.06 at risk. on track', 'deliveryStatus=on-track =?'],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(`APA1.06 ${expected}`.trim());
  });

  test('says what is missing before the rules would refuse it', () => {
    expect(read('APA1.04 60%').items[0]?.questions).toEqual([
      { field: 'narrative', text: 'It is off track: say in a line what happened.' },
    ]);
    expect(read('APA1.06 at risk').items[0]?.questions).toEqual([
      { field: 'narrative', text: 'This is worse than before: say in a line what happened.' },
    ]);
    expect(read(`APA1.06 ${'Much was said about it. '.repeat(50)}`).items[0]?.questions[0]?.text).toMatch(
      /at most 1,000/,
    );
  });
});

describe('risks, mitigations and measures', () => {
  test.each([
    ['R03 impact now 4 because the locum left', 'R03 impact=4 reason=The locum left.'],
    ['risk 3 impact four', 'R03 impact=4'],
    ['measure 1: december 89', 'M01 2024-12 value=89'],
    ['R03 and we are at risk 4 impact 4', 'R03 impact=4 reason=We are at risk 4.'],
    ['R03 that risk 2 weeks ago was worse', 'R03 reason=Risk 2 weeks ago was worse.'],
    [
      'R03 likelihood 2, impact 4 because agency staff start monday',
      'R03 likelihood=2 impact=4 reason=Agency staff start monday.',
    ],
    ['r3 L2 I4', 'R03 likelihood=2 impact=4'],
    [
      'R03 down to 4x3 as second locum provider started',
      'R03 likelihood=4 impact=3 reason=Second locum provider started.',
    ],
    ['R03 likelihood and impact both 3', 'R03 likelihood=3 impact=3'],
    ['R03 likelihood high', 'R03 likelihood=4'],
    ['R03 likelihood from 5 to 4/5, locum started', 'R03 likelihood=4 reason=Locum started.'],
    ['R03 same as before', 'R03 no change'],
    ['R03 score 16', 'R03 likelihood=?'],
    ['R03 likelihood 6', 'R03 likelihood=?'],
    ['R03 impact up because two more resigned', 'R03 reason=Two more resigned. impact=?'],
    ['R03 can be closed', 'R03 =?'],
    ['R03 agency rates have gone up again', 'R03 reason=Agency rates have gone up again.'],
    ['R03 mitigation 2 in progress', 'R03 mitigation:R03.2=in-progress'],
    ['R03 mitigation 9 done', 'R03 =?'],
    ['R03.2 done', 'R03.2 status=complete'],
    ['R03.2 now on hold', 'R03.2 narrative=Now on hold.'],
    [
      'R03.2 started last week by the new provider',
      'R03.2 status=in-progress narrative=Last week by the new provider.',
    ],
    ['R03.2: complete - contract signed 20 Dec', 'R03.2 status=complete narrative=Contract signed 20 Dec.'],
    ['r04.2 not started, waiting on provider', 'R04.2 status=not-started narrative=Waiting on provider.'],
    ['R04.2 ongoing', 'R04.2 status=in-progress'],
    ['R04.2 the provider called twice', 'R04.2 narrative=The provider called twice.'],
    ['M01 December 89', 'M01 2024-12 value=89'],
    ['M01 is 89% for December', 'M01 2024-12 value=89'],
    ['M01 89% (Dec), source: dashboard extract', 'M01 2024-12 value=89 source=dashboard extract'],
    ['M01 Dec: 89 because two schools were late', 'M01 2024-12 value=89 note=Two schools were late.'],
    ['87 for M01 in december', 'M01 2024-12 value=87'],
    ['december reading for M01 is 87', 'M01 2024-12 value=87'],
    ['m3 12.5 in nov', 'M03 2024-11 value=12.5'],
    ['M07 Dec 24', 'M07 2024-12 value=24'],
    ['M07 dec 24 23', 'M07 2024-12 value=23'],
    ['M07 23 children december 2024', 'M07 2024-12 value=23'],
    ['M07 12/2024 1,023', 'M07 2024-12 value=1023'],
    ['M07 2024-11 23', 'M07 2024-11 value=23'],
    ['M01 from 87 to 89', 'M01 value=89'],
    ['M07 89', 'M07 value=89 value=?'],
    ['M01 about 89', 'M01 value=?'],
    ['M01 between 80 and 90', 'M01 value=?'],
    ['M01 89. M01 88', 'M01 value=?'],
    ['M01 q3 88', 'M01 value=88 value=?'],
    ['M01 jan 89', 'M01 2025-01 value=89 value=?'],
    ['M01 feb 89', 'M01 2024-02 value=89 value=?'],
    ['M01 feb 2025 89', 'M01 value=89 value=?'],
    ['M01 nov 85, dec 89', 'M01 2024-12 value=? value=?'],
    ['M12 nov 74', 'M12 2024-11 value=74'],
    ['M12 dec 74', 'M12 value=74 value=?'],
    ['M01 unchanged', 'M01 value=?'],
    ['M01 tbc', 'M01 value=?'],
    ['M01 dec 89 due to late returns', 'M01 2024-12 value=89 note=Late returns.'],
    ['M01 two schools are late (both small)', 'M01 note=Two schools are late (both small)'],
    ['M01 two schools out of ten are late', 'M01 note=Two schools out of ten are late.'],
    ['M01 10 schools have not sent theirs', 'M01 note=10 schools have not sent theirs.'],
    ['M01 from 7', 'M01 value=7'],
    ['M01 dec 80 90', 'M01 2024-12 value=?'],
    ['M01 nov 2024', 'M01 2024-11'],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('several items, and none', () => {
  test.each([
    [
      'APA1.04 60% done. No change on AFI2.02. R03 impact 4 likelihood 3',
      'APA1.04 percentComplete=60 / AFI2.02 no change / R03 impact=4 likelihood=3',
    ],
    ['APA1.04, AFI2.03 and R03 no change', 'APA1.04 no change / AFI2.03 no change / R03 no change'],
    ['no change on APA1.04, AFI2.03 & R03', 'APA1.04 no change / AFI2.03 no change / R03 no change'],
    [
      'APA1.04 60% APA1.06 85% done and AFI1.05 on track',
      'APA1.04 percentComplete=60 / APA1.06 percentComplete=85 / AFI1.05 deliveryStatus=on-track',
    ],
    [
      'APA1.04 60% and AFI2.03 80% done and no change on R03',
      'APA1.04 percentComplete=60 / AFI2.03 percentComplete=80 / R03 no change',
    ],
    [
      '• APA1.04: 60% done\n• R03: impact 4 because locum left\n• M01 Dec: 89%\nSent from my iPhone',
      'APA1.04 percentComplete=60 / R03 impact=4 reason=Locum left. / M01 2024-12 value=89',
    ],
    [
      'Hi Marlow,\n\nAPA1.04 – 60% done.\r\nAFI2.03 – on track, 2 new coordinators start Monday\n\nKind regards\nFreya\nHead of Data',
      'APA1.04 percentComplete=60 / AFI2.03 deliveryStatus=on-track narrative=2 new coordinators start Monday.',
    ],
    ['1) APA1.04 60%\n2) APA1.06 85%\nFreya', 'APA1.04 percentComplete=60 / APA1.06 percentComplete=85'],
    [
      'APA1.04\n60% done\nwaiting for ICB',
      'APA1.04 percentComplete=60 blocker=Waiting for ICB waitingOnBody=Hertland ICB narrative=60% done, waiting for ICB.',
    ],
    ['APA1.04 60%, R03', 'APA1.04 percentComplete=60 =?'],
    ['APA1.04 on track, update on APA1.06 85%', 'APA1.04 deliveryStatus=on-track / APA1.06 percentComplete=85'],
    [
      'APA1.04 spoke to providers and 60% done on APA1.06',
      'APA1.04 narrative=Spoke to providers. / APA1.06 percentComplete=60',
    ],
    ['APA1.04 20% done on AFI2.03', 'APA1.04 / AFI2.03 percentComplete=20'],
    ['APA1 60%', 'unclear APA1: APA1.01 APA1.02 APA1.03'],
    ['ABP1.04 60%', 'unclear ABP1.04: APA1.04 AFI1.04 AFI4.01'],
    ['APA1.O4 60%', 'unclear APA1.O4: APA1.04 APA1.01 APA1.02'],
    ['APA9.99 60%', 'unclear APA9.99: APA1.01 APA1.02 APA1.03'],
    ['M99 12 and APA1.06 85%', 'APA1.06 percentComplete=85 / unclear M99: M09 M01 M02'],
    ['keeping-in-touch promise done', 'unclear keeping-in-touch promise: AFI5.04 R09.1'],
    ['the budget is late', 'left: the budget is late'],
    ['hello', ''],
    ['APA1.04 60%\nsee R03, R08 for why', 'APA1.04 percentComplete=60 narrative=See R03, R08 for why.'],
    ['hello there', ''],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test('needs no name of somebody with one open item', () => {
    const one = { openRefs: ['APA1.06'] };
    expect(read('60% done', one).items).toMatchObject([
      { ref: 'APA1.06', by: 'only', fields: { percentComplete: '60' } },
    ]);
    expect(read('the budget is late', one)).toMatchObject({ items: [], leftover: 'the budget is late' });
    expect(read('60% done', { openRefs: [] }).leftover).toBe('60% done');
  });

  test('says which words gave which input', () => {
    const [item] = read('APA1.06 is 60% done, should land by 14 feb').items;
    expect(item?.said).toEqual([
      { field: 'percentComplete', words: '60% done' },
      { field: 'forecastOn', words: 'should land by 14 feb' },
    ]);
  });
});
