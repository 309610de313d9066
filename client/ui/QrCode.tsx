import { useMemo } from 'react';
import { encode } from 'uqr';

/** A link as a square that a phone's camera reads. */
export function QrCode(props: { text: string; label: string }) {
	const path = useMemo(() => {
		const { data, size } = encode(props.text, { ecc: 'M', border: 0 });
		const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
		return { size, d: dark.join('') };
	}, [props.text]);
	return (
		<svg
			viewBox={`-4 -4 ${path.size + 8} ${path.size + 8}`}
			role="img"
			aria-label={props.label}
			shapeRendering="crispEdges"
		>
			<rect x="-4" y="-4" width={path.size + 8} height={path.size + 8} fill="#fff" />
			<path d={path.d} fill="#000" />
		</svg>
	);
}
