// Runs on whatever Node the machine has, before every script: the rest of the program needs the pinned one.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
	process.stderr.write(
		`Opora needs Node 24, which npm installs with the package "node"; this script runs on ${process.versions.node}.\n` +
			'Remedy: npm install-scripts approve node && npm rebuild node   (or: npm ci --ignore-scripts=false)\n' +
			'Опоре нужен Node 24: его ставит сам npm. Разрешите установку пакета «node» командой выше и повторите.\n',
	);
	process.exit(3);
}
