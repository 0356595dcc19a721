// Reads a Bicep file as far as a test needs it without a compiler: declarations, modules, uses of names, brackets.

export interface BicepFile {
  readonly params: ReadonlyMap<string, { readonly type: string; readonly hasDefault: boolean }>;
  readonly variables: readonly string[];
  readonly resources: readonly { readonly symbol: string; readonly type: string; readonly version: string }[];
  readonly modules: readonly { readonly symbol: string; readonly path: string; readonly params: readonly string[] }[];
  readonly outputs: readonly string[];
  /** Names used outside of texts, and inside `${}` of texts; those of properties after a dot are not. */
  readonly used: ReadonlySet<string>;
  /** `[module, output]` of each `module.outputs.output`. */
  readonly outputsUsed: readonly (readonly [string, string])[];
  /** What does not fit: brackets that do not close, texts that do not end. */
  readonly problems: readonly string[];
}

/** Bicep of the simple kind: no functions, no nested loops, texts in single quotation marks on one line. */
export function readBicep(source: string): BicepFile {
  const { code, problems } = withoutTexts(source);
  const all = (pattern: RegExp): readonly RegExpMatchArray[] => [...source.matchAll(pattern)];
  const part = (match: RegExpMatchArray, at: number): string => match[at] ?? '';
  const params = all(/^param (\w+) (\w+)( =)?/gm).map((one) => {
    return [part(one, 1), { type: part(one, 2), hasDefault: one[3] !== undefined }] as const;
  });
  return {
    params: new Map(params),
    variables: all(/^var (\w+) =/gm).map((one) => part(one, 1)),
    resources: all(/^resource (\w+) '([\w./]+)@([\w-]+)'/gm).map((one) => {
      return { symbol: part(one, 1), type: part(one, 2), version: part(one, 3) };
    }),
    modules: all(/^module (\w+) '([\w.]+)' = \{([\s\S]*?)\n\}/gm).map((one) => {
      const block = /params: \{\n([\s\S]*?)\n {2}\}/.exec(part(one, 3))?.[1] ?? '';
      return {
        ...{ symbol: part(one, 1), path: part(one, 2) },
        params: [...block.matchAll(/^ {4}(\w+):/gm)].map((match) => match[1] ?? ''),
      };
    }),
    outputs: all(/^output (\w+) \w+ =/gm).map((one) => part(one, 1)),
    used: usedIn(code),
    outputsUsed: [...code.matchAll(/\b(\w+)\.outputs\.(\w+)/g)].map((one) => [one[1] ?? '', one[2] ?? ''] as const),
    problems,
  };
}

/** Names that are neither declared here, nor keys of an object, nor properties of another. */
function usedIn(code: string): ReadonlySet<string> {
  const names = code
    .replace(/^(param|var|resource|module|output) \w+( \w+)?/gm, '')
    .matchAll(/(?<![\w.@])([A-Za-z_]\w*)\b(?!\s*:)/g);
  // A name before a colon is a key, but not in `a ? b : c` and `for one in all:`.
  const chosen = code.matchAll(/(?:\?|\bin)\s+([A-Za-z_]\w*)\s*:/g);
  return new Set([...names, ...chosen].map((one) => one[1] ?? ''));
}

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The code without comments and texts, but with what stands in `${}` of texts. */
function withoutTexts(source: string): { readonly code: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const open: string[] = [];
  let code = '';
  let line = 1;
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i] ?? '';
    const inText = open.at(-1) === "'";
    if (char === '\n') {
      line += 1;
      if (inText) {
        problems.push(`line ${line - 1}: a text does not end`);
        open.pop();
      }
      code += char;
    } else if (inText) {
      if (char === '\\') i += 1;
      else if (char === "'") open.pop();
      else if (char === '$' && source[i + 1] === '{') {
        open.push('{');
        code += ' ';
        i += 1;
      }
    } else if (char === '/' && source[i + 1] === '/') {
      i = source.indexOf('\n', i) - 1;
    } else if (char === "'") open.push(char);
    else {
      if ('([{'.includes(char)) open.push(char);
      if (char in pairs && open.pop() !== pairs[char]) problems.push(`line ${line}: ${char} closes nothing`);
      code += char;
    }
  }
  if (open.length > 0) problems.push(`${open.join(' ')} does not close`);
  return { code, problems };
}
