import type { ProfileScale } from '#server/contract/my.ts';
import styles from './MyProfile.module.css';
import { ScaleLine } from './ScaleLine.tsx';

/** A group has a line of its own, and opens to its competencies; what belongs to no group stands below by itself. */
export function ScaleGroups(props: { scales: ProfileScale[] }) {
	const groups = props.scales.filter(({ kind }) => kind === 'group');
	const isIn = (group: ProfileScale) => (scale: ProfileScale) =>
		scale.kind !== 'group' && scale.group === group.scale;
	const alone = props.scales.filter(
		(scale) => !groups.some((group) => group === scale || isIn(group)(scale)),
	);
	// paper and wide screens have room for everything at once
	const isOpen = window.matchMedia('(min-width: 900px)').matches;
	return (
		<div className={styles.scales}>
			{groups.map((group) => {
				const inner = props.scales.filter(isIn(group));
				if (inner.length === 0) return <ScaleLine key={group.scale} scale={group} />;
				return (
					<details key={group.scale} className={styles.scaleGroup} open={isOpen}>
						<summary>
							<ScaleLine scale={group} />
						</summary>
						{inner.map((scale) => (
							<ScaleLine key={scale.scale} scale={scale} />
						))}
					</details>
				);
			})}
			{alone.map((scale) => (
				<ScaleLine key={scale.scale} scale={scale} />
			))}
		</div>
	);
}
