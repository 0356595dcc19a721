// Where the rows of a list are, as the Graph of the local Microsoft 365 names it.
export function itemsAddress({ siteId, listId, columns, top }) {
  const page = top === undefined ? '' : `&$top=${top}`;
  return `sites/${siteId}/lists/${listId}/items?$expand=fields($select=${columns.join(',')})${page}`;
}
