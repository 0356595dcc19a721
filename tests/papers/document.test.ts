// Word documents read back: real headings, repeated header rows, alternative texts, language, page sizes.
import { documentTexts } from '../../bot/papers/readPapers';
import { paperTexts, renderDocument, type Paper } from '../../bot/papers/document';
import { readZipPart } from '../../bot/papers/zip';
import { noCharts, sampleLog } from '../fixtures/sampleLog';

const picture = noCharts.trajectory(sampleLog().sections.measures[0] ?? ({} as never));

const paper: Paper = {
  title: 'A paper',
  cover: ['The board', 'For the meeting'],
  withContents: true,
  footer: 'The board, B09',
  sections: [
    {
      orientation: 'portrait',
      blocks: [
        { kind: 'heading', level: 1, text: 'First things' },
        { kind: 'paragraph', text: 'Costs < benefits & "more"', strong: true },
        { kind: 'bullets', items: ['one', 'two'] },
        ...(picture ? [{ kind: 'image', picture } as const] : []),
      ],
    },
    {
      orientation: 'landscape',
      blocks: [
        { kind: 'heading', level: 2, text: 'Then this' },
        {
          kind: 'table',
          caption: 'What it shows',
          columns: [
            { title: 'Who', widthPercent: 40 },
            { title: 'What', widthPercent: 60 },
          ],
          rows: [
            ['P1', 'first line\nsecond line'],
            ['P2', 'nothing'],
          ],
          whenEmpty: 'None.',
        },
        {
          kind: 'table',
          caption: 'Empty',
          columns: [{ title: 'Who', widthPercent: 100 }],
          rows: [],
          whenEmpty: 'None at all.',
        },
      ],
    },
  ],
};

async function parts(): Promise<Readonly<Record<'document' | 'styles' | 'core' | 'footer', string>>> {
  const docx = await renderDocument(paper);
  const read = (name: string): string => new TextDecoder().decode(readZipPart(docx, name));
  return {
    document: read('word/document.xml'),
    styles: read('word/styles.xml'),
    core: read('docProps/core.xml'),
    footer: read('word/footer1.xml'),
  };
}

describe('a Word document', () => {
  test('has real headings of their level, and a title', async () => {
    const { document } = await parts();
    expect(styleOf(document, 'First things')).toBe('Heading1');
    expect(styleOf(document, 'Then this')).toBe('Heading2');
    expect(styleOf(document, 'A paper')).toBe('Title');
  });

  test('repeats the header row of a table and splits no row over two pages', async () => {
    const { document } = await parts();
    const rows = [...document.matchAll(/<w:tr>[\s\S]*?<\/w:tr>/g)].map(([row]) => row);
    expect(rows).toHaveLength(3);
    expect(rows.map((row) => row.includes('<w:tblHeader/>'))).toEqual([true, false, false]);
    expect(rows.every((row) => row.includes('<w:cantSplit/>'))).toBe(true);
  });

  test('keeps the header with the first row, and every row of a small table together', async () => {
    const kept = async (together: boolean): Promise<readonly boolean[]> => {
      const sections = paper.sections.map((section) => ({
        ...section,
        blocks: section.blocks.map((block) => (block.kind === 'table' ? { ...block, together } : block)),
      }));
      const docx = await renderDocument({ ...paper, sections });
      const document = new TextDecoder().decode(readZipPart(docx, 'word/document.xml'));
      return [...document.matchAll(/<w:tr>[\s\S]*?<\/w:tr>/g)].map(([row]) => row.includes('<w:keepNext/>'));
    };
    expect(await kept(false)).toEqual([true, false, false]);
    expect(await kept(true)).toEqual([true, true, false]);
  });

  test('is in British English throughout', async () => {
    const { styles } = await parts();
    expect(styles).toContain('<w:lang w:val="en-GB"/>');
  });

  test('gives every picture a title and an alternative text', async () => {
    const { document } = await parts();
    expect(/<wp:docPr [^>]*descr="Chart of M01"/.test(document)).toBe(true);
    expect(/<wp:docPr [^>]*title="M01"/.test(document)).toBe(true);
  });

  test('turns the page only where a section asks for it', async () => {
    const { document } = await parts();
    const sizes = [...document.matchAll(/<w:pgSz ([^>]*)\/>/g)].map(([, size]) => size ?? '');
    expect(sizes.map((size) => size.includes('landscape'))).toEqual([false, false, true]);
  });

  test('has a table of contents, page numbers and its title among its properties', async () => {
    const { document, core, footer } = await parts();
    expect(document).toContain('TOC \\o &quot;1-1&quot; \\h');
    expect(footer).toContain('PAGE');
    expect(footer).toContain('NUMPAGES');
    expect(core).toContain('<dc:title>A paper</dc:title>');
  });

  test('lists its chapters as links, and asks nobody to update fields at opening', async () => {
    const docx = await renderDocument(paper);
    const document = new TextDecoder().decode(readZipPart(docx, 'word/document.xml'));
    const contents = /<w:sdt>[\s\S]*<\/w:sdt>/.exec(document)?.[0] ?? '';
    const links = [...contents.matchAll(/w:anchor="(\w+)"[\s\S]*?<w:t [^>]*>([^<]*)</g)];
    expect(links.map(([, , text]) => text)).toEqual(['First things']);
    for (const [, anchor] of links) expect(document).toContain(`<w:bookmarkStart w:name="${anchor}"`);
    const settings = new TextDecoder().decode(readZipPart(docx, 'word/settings.xml'));
    expect(settings).not.toContain('updateFields');
    expect(document).not.toContain('w:dirty');
  });

  test('has a table of contents without entries when it has no chapter', async () => {
    const docx = await renderDocument({ ...paper, sections: [] });
    const document = new TextDecoder().decode(readZipPart(docx, 'word/document.xml'));
    const marks = [...document.matchAll(/fldCharType="(\w+)"/g)].map(([, type]) => type);
    expect(marks).toEqual(['begin', 'separate', 'end']);
  });

  test('tells a screen reader of a table its title and that its first row is a header', async () => {
    const { document } = await parts();
    expect(document).toContain('<w:tblCaption w:val="What it shows"/>');
    expect(document).toMatch(/<w:tblLook [^>]*w:firstRow="1"/);
  });

  test('reads back as the texts it was made from, in order', async () => {
    const texts = documentTexts(await renderDocument(paper));
    expect(texts?.filter((one) => one !== 'Contents')).toEqual([
      ...[
        'A paper',
        'The board',
        'For the meeting',
        'First things',
        'Costs < benefits & "more"',
        'one',
        'two',
        'Then this',
      ],
      ...['What it shows', 'Who', 'What', 'P1', 'first line', 'second line', 'P2', 'nothing', 'None at all.'],
    ]);
  });

  test('is not read from bytes that are no document', () => {
    expect(documentTexts(new TextEncoder().encode('hello'))).toBeUndefined();
  });
});

describe('the texts of a paper', () => {
  test('name the heading they stand under, and the record a row begins with', () => {
    const told: Paper = {
      ...paper,
      sections: [
        {
          orientation: 'portrait',
          blocks: [
            { kind: 'heading', level: 1, text: 'Actions' },
            {
              kind: 'table',
              caption: 'Rows',
              columns: [],
              rows: [['APA1.04 Profiles', 'said so']],
              whenEmpty: '',
            },
          ],
        },
      ],
    };
    expect(paperTexts(told)).toContainEqual({ where: 'APA1.04, under "Actions"', text: 'said so' });
    expect(paperTexts(told)).toContainEqual({ where: 'Actions', text: 'Rows' });
  });
});

/** The style of the paragraph that says this. */
function styleOf(document: string, text: string): string | undefined {
  const body = document.replace(/<w:sdt>[\s\S]*?<\/w:sdt>/g, '');
  const paragraph = [...body.matchAll(/<w:p>[\s\S]*?<\/w:p>/g)].find(([one]) => one.includes(`>${text}<`))?.[0];
  return /<w:pStyle w:val="(\w+)"\/>/.exec(paragraph ?? '')?.[1];
}
