// Parts of a Word document given as finished trees, where the library's own objects cost too much or cannot say it.
import { FileChild, type IXmlableObject } from 'docx';

/** A block of the document that is written as it stands; `tree` has one name, that of its element. */
export function wordTree(tree: IXmlableObject): FileChild {
  return new FinishedTree(tree);
}

export function attributes(name: string, values: Readonly<Record<string, string | number>>): IXmlableObject {
  return { [name]: { _attr: values } };
}

/** A run of text with all its spaces. */
export function textRun(text: string): IXmlableObject {
  return { 'w:r': [{ 'w:t': [keptSpaces, text] }] };
}

const keptSpaces = { _attr: { 'xml:space': 'preserve' } };

class FinishedTree extends FileChild {
  private readonly tree: IXmlableObject;

  constructor(tree: IXmlableObject) {
    super(Object.keys(tree)[0] ?? '');
    this.tree = tree;
  }

  override prepForXml(): IXmlableObject {
    return this.tree;
  }
}
