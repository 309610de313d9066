import { openWarehouse, WarehouseError } from '#data/warehouse/warehouse.ts';

// A process of its own that tries to open the warehouse named by its argument and says how that went.
try {
	await (await openWarehouse({ path: process.argv[2]! })).close();
	console.log('opened');
} catch (error) {
	if (!(error instanceof WarehouseError)) throw error;
	console.log(error.code, error.message);
}
