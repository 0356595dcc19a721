// One cell that holds several things, such as "Jo Field / Hertland ICB": taking a part out, and putting one back.
import type { PartStep } from './bindingSchema';

interface Split {
  readonly parts: readonly string[];
  /** What stands between them, spaces included: one fewer than the parts. */
  readonly between: readonly string[];
}

/** The part that the steps name, or undefined when the cell has none. */
export function partOf(text: string, steps: readonly PartStep[]): string | undefined {
  let rest: string | undefined = text;
  for (const step of steps) {
    if (rest === undefined) return undefined;
    const { parts, between } = splitAt(rest, step);
    rest = 'at' in step ? parts[step.at] : joined(parts.slice(step.from), between.slice(step.from));
  }
  return rest === undefined || rest.trim() === '' ? undefined : rest.trim();
}

/**
 * The whole cell with one part replaced, the others and what stands between them as they were;
 * undefined when an earlier part is lacking, so that nothing would say which part this one is.
 */
export function withPart(text: string, steps: readonly PartStep[], part: string): string | undefined {
  const [step, ...inner] = steps;
  if (!step) return part;
  const { parts, between } = splitAt(text, step);
  const at = 'at' in step ? step.at : step.from;
  const own = 'at' in step ? (parts[at] ?? '') : joined(parts.slice(at), between.slice(at));
  const changed = withPart(own, inner, part);
  if (changed === undefined) return undefined;
  const before = parts.slice(0, at);
  if (before.length < at || before.some((one) => one.trim() === '')) return undefined;
  const after = 'at' in step ? parts.slice(at + 1) : [];
  const separators = [...between];
  while (separators.length < before.length + after.length) separators.push(separatorOf(step));
  // A part that becomes empty at the end takes its separator with it.
  const all = changed === '' && after.length === 0 ? before : [...before, changed, ...after];
  return joined(all, separators);
}

function splitAt(text: string, step: PartStep): Split {
  const separators = [step.separator].flat();
  // A separator of blanks alone counts as it is; around any other the spaces belong to it.
  const patterns = separators.map((one) => (one.trim() === '' ? escaped(one) : `\\s*${escaped(one.trim())}\\s*`));
  const pieces = text.split(new RegExp(`(${patterns.join('|')})`));
  return { parts: pieces.filter((_one, at) => at % 2 === 0), between: pieces.filter((_one, at) => at % 2 === 1) };
}

function joined(parts: readonly string[], between: readonly string[]): string {
  return parts.map((one, at) => (at === 0 ? one : `${between[at - 1] ?? ''}${one}`)).join('');
}

function separatorOf(step: PartStep): string {
  return [step.separator].flat()[0] ?? '';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
