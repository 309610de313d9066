import { openRecords } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';

// A process of its own that projects the records of a folder into a warehouse file until it is killed.
const [folder, path] = process.argv.slice(2) as [string, string];
const records = await openRecords({ folder });
startProjector(records, await openWarehouse({ path }));
console.log('following');
