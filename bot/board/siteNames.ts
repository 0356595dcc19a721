// Names of lists' columns as people read them: a site's internal names, and our own.

/** An internal name as people see it: `Due_x0020_Date` is "Due Date". */
export function shownName(internal: string): string {
  return internal.replace(/_x([0-9a-f]{4})_/gi, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A column of ours in words: `CurrentLikelihood` is "Current likelihood". */
export function plainName(name: string): string {
  const words = name.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2');
  return `${words.charAt(0)}${words.slice(1).toLowerCase()}`;
}
