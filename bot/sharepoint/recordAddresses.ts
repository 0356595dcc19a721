// Where a row of a board's lists can be opened in SharePoint.
import type { RecordAddresses } from '../services/ports';
import type { SiteBoardRecords } from './boardRecords';
import { schemaOf } from './replica';

/** The display form of an item by the list's id holds for a list of any name (SharePoint page type 4). */
export function createRecordAddresses(records: Pick<SiteBoardRecords, 'placesOf'>): RecordAddresses {
  return {
    async addressesOf(boardId) {
      const { listIds, webUrl } = await records.placesOf(boardId);
      return (kind, itemId): string | undefined => {
        const listId = listIds.get(schemaOf(kind).name);
        if (listId === undefined) return undefined;
        const form = new URLSearchParams({ PageType: '4', ListId: `{${listId}}`, ID: itemId });
        return `${webUrl.replace(/\/+$/, '')}/_layouts/15/listform.aspx?${form.toString()}`;
      };
    },
  };
}
